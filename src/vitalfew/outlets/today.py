"""Today: what the analyses and imports ask for now, ranked by the money at stake, each with its reason and one button."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from vitalfew.accounts.models import Account
from vitalfew.accounts.pages import _user
from vitalfew.imports.models import Import, ImportState
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.people.gate import needs
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import AnomalyKind, Direction, Tier
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard

MOST: Final = 60
NOW: Final = 10
STEEP: Final = -0.2


@dataclass(frozen=True)
class Task:
    """One line: what, which account, why now, and its button."""

    what: str
    why: Message
    stake: float
    button: str
    url: str
    account: Account | None = None
    card: Scorecard | None = None


@needs(Right.TODAY)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    refresh = scorecards.current()
    tasks = tasks_for(user, refresh)
    context = {"now": tasks[:NOW], "week": tasks[NOW:], "refresh": refresh, "moved": _moved(user, refresh)}
    return render(request, "outlets/today.html", context)


def tasks_for(user: User, refresh: Refresh | None) -> list[Task]:
    """What waits for the user, the largest stake first."""
    return sorted(_tasks(user, refresh), key=lambda task: (-task.stake, task.url))[:MOST]


def _tasks(user: User, refresh: Refresh | None) -> Iterator[Task]:
    yield from _imports(user)
    if refresh is None:
        return
    for card, account in _cards_worth_work(user, refresh):
        task = _task(user, card, account, refresh.currency)
        if task:
            yield task
    yield from _stubs(user)


def _imports(user: User) -> Iterator[Task]:
    if not user.may(Right.IMPORT):
        return
    for row in Import.objects.filter(state=ImportState.DONE, report__rows_rejected__gt=0)[:5]:
        why = Message(
            _("{n} rows of {file} were rejected"), {"n": Count(row.report["rows_rejected"]), "file": row.file}
        )
        yield Task(_("Mend rejected rows"), why, 0.0, _("See rows"), reverse("import", args=[row.pk]))


def _stubs(user: User) -> Iterator[Task]:
    """Accounts that only orders know."""
    if not user.may(Right.EDIT_ACCOUNTS):
        return
    number = Account.objects.visible_to(user).filter(stub=True).count()
    if number:
        why = Message(_("{n} accounts are known from orders only"), {"n": Count(number)})
        yield Task(_("Complete accounts"), why, 0.0, _("See accounts"), f"{reverse('accounts')}?order=name")


def _cards_worth_work(user: User, refresh: Refresh) -> Iterator[tuple[Scorecard, Account]]:
    """The cards with something to say, largest stakes first, that the user may see."""
    from django.db.models import Exists, F, OuterRef, Q

    telling = Q(anomaly__in=[AnomalyKind.SILENCE, AnomalyKind.DROP, AnomalyKind.SURGE]) | Q(direction=Direction.FALLING)
    if user.may(Right.MONEY):
        telling |= Q(tier=Tier.BZ)
    found = Scorecard.objects.filter(telling, refresh=refresh)
    if not user.sees_all_accounts:
        found = found.filter(Exists(Account.objects.visible_to(user).filter(code=OuterRef("customer"))))
    cards = list(found.order_by(F("revenue_12m").desc(nulls_last=True), "customer")[: 3 * MOST])
    if not user.may(Right.MONEY):
        for card in cards:
            card.tier = ""
    accounts = {a.code: a for a in Account.objects.filter(code__in=[card.customer for card in cards])}
    yield from ((card, accounts[card.customer]) for card in cards if card.customer in accounts)


def _task(user: User, card: Scorecard, account: Account, currency: str) -> Task | None:
    revenue = max(card.revenue_12m or 0.0, 0.0)
    url = account.get_absolute_url()
    if card.anomaly == AnomalyKind.SILENCE:
        why = Message(_("No order for {days} days, unusual for this account"), {"days": Count(card.recency or 0)})
        return Task(
            _("Ask why it is silent"),
            why,
            max(card.at_stake or 0.0, revenue / 4),
            _("Open"),
            f"{url}?tab=behaviour",
            account,
            card,
        )
    if card.anomaly == AnomalyKind.DROP:
        why = Message(_("Ordered far less than usual last month"))
        return Task(_("Ask about the low month"), why, revenue / 4, _("Open"), f"{url}?tab=behaviour", account, card)
    if card.direction == Direction.FALLING and (card.growth or 0.0) < STEEP:
        why = Message(_("Net sales fall: {growth} against the year before"), {"growth": Percent(card.growth or 0.0, 0)})
        return Task(
            _("Find out why purchases fall"),
            why,
            -(card.growth or 0.0) * revenue,
            _("Open"),
            f"{url}?tab=development",
            account,
            card,
        )
    if card.tier == Tier.BZ and user.may(Right.MONEY) and (card.contribution or 0.0) < 0:
        why = Message(
            _("Costs us {money} more than it brings a year"), {"money": Money(-(card.contribution or 0.0), currency)}
        )
        return Task(
            _("Review price and service"),
            why,
            -(card.contribution or 0.0),
            _("Open"),
            f"{url}?tab=contribution",
            account,
            card,
        )
    if card.anomaly == AnomalyKind.SURGE:
        why = Message(_("Ordered far more than usual last month"))
        return Task(
            _("Ask whether it needs more from now on"),
            why,
            revenue / 10,
            _("Open"),
            f"{url}?tab=behaviour",
            account,
            card,
        )
    return None


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
