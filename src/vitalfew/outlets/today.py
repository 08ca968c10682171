"""Today: what the analyses and imports ask for, ranked by what it may bring and how long it may wait, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from vitalfew.accounts.models import Account
from vitalfew.imports.models import Import, ImportState
from vitalfew.language import Count, Kept, Message
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import NextAction, label_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Proposal, Refresh, Scorecard

MOST: Final = 60
READ: Final = 3 * MOST
"""Proposals are read so far ahead that each account still has its first."""
SOON: Final = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """One line: what, which account, why now, by when, and its button."""

    what: str
    why: Message | Kept
    button: str
    url: str
    effect: float | None = None
    due: date | None = None
    account: Account | None = None
    card: Scorecard | None = None


@needs(Right.TODAY)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    refresh = scorecards.current()
    tasks = tasks_for(user, refresh)
    soon = [task for task in tasks if refresh and task.due and task.due <= refresh.as_of + SOON]
    later = [task for task in tasks if task not in soon]
    context = {"now": soon, "later": later, "refresh": refresh, "moved": _moved(user, refresh)}
    return render(request, "outlets/today.html", context)


def tasks_for(user: User, refresh: Refresh | None) -> list[Task]:
    """What waits: of each account the first action by priority and all that are due soon; then what the house needs."""
    proposals = islice(_proposed(user, refresh), MOST) if refresh else ()
    return [*proposals, *_imports(user), *(_stubs(user) if refresh else ())]


def _imports(user: User) -> Iterator[Task]:
    if not user.may(Right.IMPORT):
        return
    for row in Import.objects.filter(state=ImportState.DONE, report__rows_rejected__gt=0)[:5]:
        why = Message(
            _("{n} rows of {file} were rejected"), {"n": Count(row.report["rows_rejected"]), "file": row.file}
        )
        yield Task(_("Mend rejected rows"), why, _("See rows"), reverse("import", args=[row.pk]))


def _stubs(user: User) -> Iterator[Task]:
    """Accounts that only orders know."""
    if not user.may(Right.EDIT_ACCOUNTS):
        return
    number = Account.objects.visible_to(user).filter(stub=True).count()
    if number:
        why = Message(_("{n} accounts are known from orders only"), {"n": Count(number)})
        yield Task(_("Complete accounts"), why, _("See accounts"), f"{reverse('accounts')}?order=name")


def _proposed(user: User, refresh: Refresh) -> Iterator[Task]:
    """What is proposed for accounts that the user may see, as far as he may know the reason."""
    place = "rank" if user.may(Right.MONEY) else "open_rank"
    found = Proposal.objects.filter(refresh=refresh, **{f"{place}__isnull": False})
    if not user.sees_all_accounts:
        found = found.filter(Exists(Account.objects.visible_to(user).filter(code=OuterRef("customer"))))
    rows = list(found.order_by("-priority", "customer", place)[:READ])
    firsts = {row.customer: row for row in reversed(rows)}
    accounts = {each.code: each for each in Account.objects.filter(code__in=firsts)}
    cards = {each.customer: each for each in Scorecard.objects.filter(refresh=refresh, customer__in=firsts)}
    for row in rows:
        urgent = row.due <= refresh.as_of + SOON
        if row.customer in accounts and (urgent or firsts[row.customer] is row):
            yield _task(user, row, accounts[row.customer], cards.get(row.customer))


def _task(user: User, row: Proposal, account: Account, card: Scorecard | None) -> Task:
    sees = user.may(Right.MONEY)
    if card is not None and not sees:
        card.tier = ""
    url = f"{account.get_absolute_url()}?tab={'one-to-one' if sees else 'overview'}"
    what = label_of(NextAction, row.action)
    return Task(what, Kept(row.why), _("Open"), url, row.effect if sees else None, row.due, account, card)


def _moved(user: User, refresh: Refresh | None) -> list[tuple[Account, Scorecard]]:
    """The user's accounts whose net sales changed most against the year before."""
    if refresh is None:
        return []
    mine = Account.objects.visible_to(user)
    if user.sees_all_accounts:
        cards = list(
            Scorecard.objects.filter(refresh=refresh, growth__isnull=False, revenue_12m__gt=0).order_by("-revenue_12m")[
                :40
            ]
        )
    else:
        cards = list(
            Scorecard.objects.filter(refresh=refresh, growth__isnull=False, customer__in=mine.values("code"))[:400]
        )
    cards.sort(key=lambda card: -abs((card.growth or 0.0) * (card.revenue_12m or 0.0)))
    accounts = {a.code: a for a in mine.filter(code__in=[card.customer for card in cards[:8]])}
    return [(accounts[card.customer], card) for card in cards[:8] if card.customer in accounts]
