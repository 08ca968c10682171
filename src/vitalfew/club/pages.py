"""/club/: the club at a glance, its levels, members, rights and what was used of them."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.asked import account_asked
from vitalfew.accounts.models import Account
from vitalfew.club import actions, joining, questions
from vitalfew.club.effect import effect
from vitalfew.club.forms import BenefitForm, LevelForm, NominationForm, UseForm
from vitalfew.club.listing import LEVELS, MEMBERS
from vitalfew.club.models import Benefit, Event, Invited, Level, Use
from vitalfew.club.rights import ClubRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import AWAY, Page, Pages
from vitalfew.people.fields import RecordForm
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import added, changed, done

MOST: Final = 50
LOOKED_AT: Final = 1000
"""So many of the largest accounts a preview looks at; the night looks at all."""


@needs(ClubRight.SEE)
@require_GET
def club(request: HttpRequest) -> HttpResponse:
    """Levels and members now, who came and who leaves soon, cost and use, the next events."""
    user = signed_in(request)
    levels = list(questions.levels(user))
    money = user.may(Right.MONEY)
    events = questions.events(user)
    today = timezone.localdate()
    context = {
        "levels": levels, "costs": questions.costs(levels) if money else {}, "money": money,
        "leaving": questions.leaving(user)[:MOST], "joined": questions.joined(user)[:MOST],
        "coming": events.filter(day__gte=today).order_by("day", "pk")[:MOST], "may_rule": user.may(ClubRight.RULE),
        "may_nominate": user.may(ClubRight.NOMINATE),
    }  # fmt: skip
    return render(request, "club/club.html", context)


@needs(ClubRight.RULE)
@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Ask the rules now instead of in the night."""
    done = actions.settle(signed_in(request))
    n = sum(done.values())
    told = _("%(n)s memberships changed") % {"n": n} if n else _("The rules change nothing today")
    messages.success(request, told)
    return redirect("club")


levels = list_page(LEVELS)
members = list_page(MEMBERS)


@needs(ClubRight.SEE)
@require_GET
def level(request: HttpRequest, pk: int) -> HttpResponse:
    """One level: its rule, rights and members; for who defines it, what the rule would change today."""
    user = signed_in(request)
    row = get_object_or_404(questions.levels(user), pk=pk)
    money, rules = user.may(Right.MONEY), user.may(ClubRight.RULE)
    context = {
        "level": row, "rule": list(row.rule.told(row.leeway_share)), "money": money, "may_rule": rules,
        "benefits": list(questions.benefits(user).filter(level=row)), "costs": questions.costs([row]).get(row.pk),
        "members": questions.members(user).current().filter(level=row).order_by("account__name")[:MOST],
        "uses": questions.uses(user).filter(benefit__level=row)[:MOST], "preview": _preview(user, row) if rules else None,
        "effect": effect(row, timezone.localdate()) if money else None,
    }  # fmt: skip
    return render(request, "club/level.html", context)


def _preview(user: User, row: Level) -> dict[str, Any]:
    """What the rules would do today at this level, the first of it by name."""
    found = list(joining.moves(list(Level.objects.filter(put_away_at=None)), timezone.localdate(), row.pk, LOOKED_AT))
    codes = [each.code for each in found[:MOST]]
    names = {each.code: each for each in Account.objects.visible_to(user).filter(code__in=codes)}
    lines = [(each, names[each.code]) for each in found[:MOST] if each.code in names]
    return {"lines": lines, "n": len(found), "more": len(found) - len(lines), "looked_at": LOOKED_AT}


def form_page(
    request: HttpRequest, form: Any, act: Callable[[], Any], title: str, back: str, *, undo: str = "", **context: Any
) -> HttpResponse:
    """A form on a page of its own; saved, one is where the record stands."""
    around = {"title": title, "back": back, **context}
    return changed(request, form, lambda _version: act(), "club/form.html", around, undo=undo)


def saved(form: RecordForm, user: User, kind: type[Any], pk: int) -> Callable[[], Any]:
    return lambda: actions.change(user, kind, pk, form.cleaned_data["version"] or 0, form.fields_said())


@needs(ClubRight.RULE)
def level_new(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    last = Level.objects.filter(put_away_at=None).order_by("-rank").values_list("rank", flat=True).first() or 0
    form = LevelForm(user, request.POST or None, initial={"rank": last + 1})
    return form_page(
        request, form, lambda: actions.make(user, Level(**form.fields_said())), _("Define a level"), reverse("club"),
        undo="club-level-away",
    )  # fmt: skip


@needs(ClubRight.RULE)
def level_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(Level.objects.visible_to(user), pk=pk)
    form = LevelForm(user, request.POST or None, instance=row, initial={"version": row.version})
    return form_page(request, form, saved(form, user, Level, pk), str(row), row.get_absolute_url())


@needs(ClubRight.RULE)
def benefit_new(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(Level.objects.visible_to(user), pk=pk)
    form = BenefitForm(user, request.POST or None)
    return form_page(
        request, form, lambda: actions.make(user, Benefit(level=row, **form.fields_said())), _("Add a right"),
        row.get_absolute_url(), undo="club-benefit-away",
    )  # fmt: skip


@needs(ClubRight.RULE)
def benefit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(questions.benefits(user), pk=pk)
    form = BenefitForm(user, request.POST or None, instance=row, initial={"version": row.version})
    return form_page(request, form, saved(form, user, Benefit, pk), str(row), row.get_absolute_url())


@needs(ClubRight.NOMINATE)
def nominate(request: HttpRequest) -> HttpResponse:
    user, account = signed_in(request), account_asked(request)
    form = NominationForm(user, account, request.POST or None)

    def act() -> Any:
        said = form.cleaned_data
        return actions.nominate(user, account or said["account"], said["level"], said["ends_on"], said["why"])

    back = account.get_absolute_url() + "?tab=club" if account else reverse("club")
    around = {"title": _("Nominate a member"), "back": back, "account": account}
    return added(request, form, act, "club/form.html", around)


@needs(ClubRight.SERVE)
def use_new(request: HttpRequest) -> HttpResponse:
    user, account = signed_in(request), account_asked(request)
    if account is None:
        raise Http404
    form = UseForm(user, account, request.POST or None, initial={"day": timezone.localdate()})
    back = account.get_absolute_url() + "?tab=club"
    return form_page(
        request, form, lambda: actions.make(user, Use(account=account, **form.fields_said())),
        _("Write down what was used"), back, undo="club-use-away", account=account,
    )  # fmt: skip


def away(kind: type[Any], back: str, right: ClubRight) -> Page:
    """Out of the lists; a moment later it can still be fetched back."""

    def put_away(request: HttpRequest, pk: int) -> HttpResponse:
        user = signed_in(request)
        return done(request, lambda: actions.put_away(user, kind, pk), _after, AWAY, undo=back, back="club")

    return needs(right)(require_POST(put_away))


def _after(row: Any) -> Any:
    """Where one is once the page of what was put away is gone."""
    if isinstance(row, Level):
        return "club"
    if isinstance(row, Event):
        return "club-events"
    return row.event if isinstance(row, Invited) else row


def fetched(kind: type[Any], right: ClubRight) -> Page:
    pages = Pages(kind.objects.visible_to, see=ClubRight.SEE, write=right)
    return pages.fetches_back(lambda user, pk: actions.fetch_back(user, kind, pk))
