"""/ideas/: the list, a new one, one in full, and every step that is taken with it."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.accounts.asked import account_asked
from vitalfew.accounts.models import Account
from vitalfew.comments.thread import thread
from vitalfew.ideas import actions, questions, taking, telling, weighing
from vitalfew.ideas.commented import KIND
from vitalfew.ideas.forms import (
    DecideForm,
    EndForm,
    IdeaForm,
    JudgeForm,
    MergeForm,
    PilotForm,
    SayForm,
    ShareForm,
    TellForm,
)
from vitalfew.ideas.listing import IDEAS
from vitalfew.ideas.models import Idea, Pilot, Vote
from vitalfew.ideas.rights import IdeaRight
from vitalfew.ideas.words import Way, Where
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked, said
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import added, changed, done
from vitalfew.warehouse import scorecards

ideas = list_page(IDEAS)


@needs(IdeaRight.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Write one down; from an account's page what it said elsewhere can be taken over."""
    user, account = signed_in(request), account_asked(request)
    named = request.GET.get("from", "")
    source = taking.found(user, account, named) if account and named else None
    if named and source is None:
        raise Http404
    begun = {"said_on": timezone.localdate(), "origin": Where.VISIT.value, **(source.fields if source else {})}
    form = IdeaForm(user, account, request.POST or None, initial=begun)

    def act() -> Idea:
        fields = {"reference": source.named if source else "", **picked(form, actions.FIELDS)}
        return actions.write_down(user, account or form.cleaned_data.get("account"), fields)

    context = {
        "account": account,
        "source": source,
        "said": taking.said(user, account) if account and not source else [],
    }
    return added(request, form, act, "ideas/new.html", context, undo="idea-away")


def _around(user: User, row: Idea) -> dict[str, Any]:
    begun, may = {"version": row.version}, questions.may_change(user, row)
    main = row.main
    return {
        "idea": row, "may_change": may, "main_seen": _sees(user, main),
        "together": questions.together(user, row), "twins": questions.twins(user, row) if may else [],
        "pilots": [(each, EndForm(initial={"version": each.version})) for each in questions.pilots(user, row)],
        "remarks": list(row.remarks.all()), "firms": row.votes.exclude(account=None).count(),
        "colleagues": row.votes.exclude(user=None).count(), "mine": Vote.objects.filter(idea=row, user=user).exists(),
        "decide": DecideForm(initial={**begun, **{name: getattr(row, name) for name in actions.OF_DECISION}}),
        "share": ShareForm(initial={**begun, "outside_title": row.outside_title, "outside_text": row.outside_text}),
        "merge": MergeForm(initial=begun), "say": SayForm(initial=begun), "untold": _untold(user, row),
        "tell": TellForm(initial={**begun, "text": main.outcome if _sees(user, main) else "", "way": _way(row)}),
        "begin": PilotForm(user, initial={"account": row.account.code if row.account else "", "since": timezone.localdate()}),
        "thread": thread(user, row.account, KIND, row.pk) if row.account else None, **_money(user, row),
    }  # fmt: skip


def _sees(user: User, row: Idea) -> bool:
    return questions.ideas(user).filter(pk=row.pk).exists()


def _way(row: Idea) -> str:
    return Way.LETTER.value if telling.reach(row) else Way.PHONE.value


def _untold(user: User, row: Idea) -> list[Idea]:
    """Who asked and has not been told, once it is decided."""
    rows = [row, *questions.together(user, row)] if row.is_decided else []
    return [each for each in rows if each.account_id and each.told_on is None]


def _money(user: User, row: Idea) -> dict[str, Any]:
    """What it may bring, and how the weight comes about: of the accounts that the user sees, one by one."""
    if not user.may(Right.MONEY):
        return {}
    known, shown = weighing.parts(row), scorecards.current()
    seen = set(_seen(user, [each.pk for each, _value in known]))
    lines = [(each, value) for each, value in known if each.pk in seen]
    away = [(each, value) for each, value in known if each.pk not in seen]
    form = JudgeForm(user, instance=Idea.objects.get(pk=row.pk), initial={"version": row.version})
    return {
        "judge": form, "askers": lines, "unseen": len(away), "unseen_worth": weighing.weight_of(away),
        "weight": weighing.weight_of(known), "currency": shown.currency if shown else "",
        "money": True,
    }  # fmt: skip


def _seen(user: User, numbers: list[int]) -> list[int]:
    return list(Account.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True))


PAGES: Final = Pages(questions.ideas, "ideas/idea.html", _around, see=IdeaRight.SEE, write=IdeaRight.WRITE)
idea = PAGES.shows()


@needs(IdeaRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": row.version, "owner": row.owner.username if row.owner else ""}
    form = IdeaForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.correct(user, pk, version, picked(form, actions.FIELDS)),
        "ideas/edit.html", {"idea": row},
    )  # fmt: skip


decide = PAGES.takes(
    "decide", DecideForm, lambda user, pk, version, **fields: actions.decide(user, pk, version, fields)
)
reopen = PAGES.does(actions.reopen, _("It is open again"))
share = PAGES.takes(
    "share", ShareForm, actions.share, said=_("Other customers see it in the portal"), undo="idea-unshare"
)
unshare = PAGES.does(actions.unshare, _("Other customers see it no more"))
merge = PAGES.takes("merge", MergeForm, actions.merge, undo="idea-part")
part = PAGES.does(actions.part, _("It is one of its own again"))
vote = PAGES.does(actions.vote, undo="idea-vote")
say = PAGES.takes("say", SayForm, actions.say)
seen = PAGES.does(actions.seen, _("Seen"))
tell = PAGES.takes("tell", TellForm, telling.tell)
tell_all = PAGES.does(telling.tell_all, _("Letters are written to everybody who can be reached so"))
put_away = PAGES.puts_away(actions.put_away, undo="idea-back", to="ideas")
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(Right.MONEY)
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: what it may bring and cost."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = JudgeForm(user, request.POST, instance=PAGES.found(request, pk))
    return PAGES.sent(
        request, row, "judge", form, lambda user, pk, **_all: actions.judge(
            user, pk, form.cleaned_data["version"] or 0, said(form)
        ),
    )  # fmt: skip


@needs(IdeaRight.WRITE)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: a pilot with an account."""
    user, row = signed_in(request), PAGES.found(request, pk)
    return PAGES.sent(request, row, "begin", PilotForm(user, request.POST), actions.begin_pilot)


def _pilot(request: HttpRequest, pk: int) -> Pilot:
    row: Pilot = get_object_or_404(Pilot.objects.visible_to(signed_in(request)).select_related("idea"), pk=pk)
    return row


@needs(IdeaRight.WRITE)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: what came of a pilot."""
    pilot, form = _pilot(request, pk), EndForm(request.POST)
    row = PAGES.found(request, pilot.idea_id)
    act = lambda user, _idea, **fields: actions.end_pilot(user, pk, **fields)  # noqa: E731  (the frame hands over the idea's number)
    form.of = pk  # type: ignore[attr-defined]  # the page asks whose form it is
    return PAGES.sent(request, row, "end", form, act)


@needs(IdeaRight.WRITE)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: a pilot written down by mistake."""
    row = _pilot(request, pk).idea
    return done(request, lambda: actions.drop_pilot(signed_in(request), pk), row, undo="idea-pilot-back")


@needs(IdeaRight.WRITE)
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    return done(request, lambda: actions.bring_pilot_back(signed_in(request), pk), back="ideas")
