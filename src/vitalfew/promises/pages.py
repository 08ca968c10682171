"""/promises/: the list, a promise and what becomes of it; /integrity/: how far promises are kept."""

from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.asked import account_asked
from vitalfew.accounts.models import Account, TeamRole
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed
from vitalfew.promises import actions, answering, came_from, lines, questions
from vitalfew.promises import integrity as kept
from vitalfew.promises.commented import KIND
from vitalfew.promises.forms import AskDayForm, GiveUpForm, KeepForm, MoveForm, PromiseForm, ReleaseForm
from vitalfew.promises.listing import PROMISES
from vitalfew.promises.models import Promise
from vitalfew.promises.rights import PromiseRight
from vitalfew.rooms import Begun
from vitalfew.terms import label_of

SPANS: Final = (3, 6, 12, 24)
MONTH: Final = 30.4375
LONGEST: Final = 100
BROKEN: Final = 15
"""So many accounts whose goods came late or short are named, the most often first."""


promises = list_page(PROMISES)


@needs(PromiseRight.MAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Write one down; asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    named, source = _source(request, account)
    begun = {"made_on": timezone.localdate(), **_known(request), **(came_from.fields(named, source) if source else {})}
    form = PromiseForm(user, account, request.POST or None, initial=begun)

    def act() -> Promise:
        fields = {"person": None, "source": named, **picked(form, (*actions.FIELDS, "due"))}
        return actions.promise(user, account or form.cleaned_data["account"], fields)

    return added(request, form, act, "promises/new.html", {"account": account, "source": source}, undo="promise-away")


def _source(request: HttpRequest, account: Account | None) -> tuple[str, Begun | None]:
    """The record from whose page one came, by ``?from=``; 404 for one the user doesn't see."""
    named = request.GET.get("from", "")
    source = came_from.found(signed_in(request), account, named) if named and account else None
    if named and source is None:
        raise Http404
    return named, source


def _known(request: HttpRequest) -> dict[str, str]:
    """What the page one came from knows: the occasion, the day, to whom, and the number it belongs to."""
    names = ("origin", "made_on", "person", "reference")
    return {name: request.GET[name][:LONGEST] for name in names if request.GET.get(name)}


def _around(user: User, row: Promise) -> dict[str, Any]:
    today = timezone.localdate()
    begun = {"version": row.version, "on": today, "agreed_on": today}
    return {
        "promise": row, "moves": list(row.moves.all()), "files": list(row.files.all()),
        "may_change": questions.may_change(user, row), "thread": thread(user, row.account, KIND, row.pk),
        "source": came_from.found(user, row.account, row.source) if row.source else None,
        "overdue": row.is_open and row.due < today, "keep": KeepForm(initial=begun), "move": MoveForm(initial=begun),
        "release": ReleaseForm(initial=begun), "ask_day": AskDayForm(initial=begun),
        "asked": row.new_days.first(), "heard": row.heard.first(), "give_up": GiveUpForm(initial=begun),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.promises, "promises/promise.html", _around, see=PromiseRight.SEE, write=PromiseRight.MAKE
)
promise = PAGES.shows()


@needs(PromiseRight.MAKE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": row.version, "owner": row.owner.username if row.owner else ""}
    form = PromiseForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.change(user, pk, version, picked(form, actions.FIELDS)),
        "promises/edit.html", {"promise": row},
    )  # fmt: skip


keep = PAGES.takes("keep", KeepForm, actions.keep, undo="promise-reopen")
move = PAGES.takes("move", MoveForm, lambda user, pk, version, **said: actions.move(user, pk, version, said))
ask_day = PAGES.takes("ask_day", AskDayForm, answering.ask, said=_("The customer is asked in the portal"))
release = PAGES.takes("release", ReleaseForm, actions.release, undo="promise-reopen")
give_up = PAGES.takes("give_up", GiveUpForm, actions.give_up, undo="promise-reopen")
reopen = PAGES.does(actions.reopen, _("It is open again"))
share = PAGES.does(actions.share, _("The customer sees it in the portal now"), undo="promise-unshare")
unshare = PAGES.does(actions.unshare, _("The customer sees it no more"), undo="promise-share")
put_away = PAGES.puts_away(actions.put_away, undo="promise-back", to=tab("promises"))
fetch_back = PAGES.fetches_back(actions.fetch_back)


def _by_department(rows: Any) -> list[tuple[str, kept.Integrity]]:
    """Each with its name; the rest, whose department nobody named, without."""
    found = kept.by(rows, **kept.DEPARTMENT)
    return [(label_of(TeamRole, told.of["department"]) if told.of["department"] else "", told) for told in found]


@needs(PromiseRight.SEE)
@require_GET
def integrity(request: HttpRequest) -> HttpResponse:
    """How far promises are kept: over all, by person, department and account, and quarter by quarter."""
    asked = request.GET.get("months", "")
    months = int(asked) if asked in map(str, SPANS) else max(SPANS[:3])
    today = timezone.localdate()
    user, since = signed_in(request), today - timedelta(days=months * MONTH)
    rows = kept.judged(Promise.objects.visible_to(user), since, today)
    delivered = lines.by_account(user, since)
    context = {
        "whole": kept.whole(rows), "owners": kept.by(rows, **kept.OWNER), "accounts": kept.by(rows, **kept.ACCOUNT),
        "departments": _by_department(rows), "quarters": kept.by_quarter(rows), "months": months, "spans": SPANS,
        "delivered": lines.whole(delivered), "broken": [each for each in delivered if each.kept < each.judged][:BROKEN],
    }  # fmt: skip
    return render(request, "promises/integrity.html", context)
