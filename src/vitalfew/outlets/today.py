"""Today: what the analyses and imports ask for now, ranked by the money at stake, each with its reason and one button."""

from collections.abc import Callable, Iterator
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
from vitalfew.terms import AnomalyKind, Direction, Risk, Tier
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
    telling |= Q(risk=Risk.HIGH)
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


@dataclass(frozen=True)
class _Cause:
    """Something a card can say: when it holds, what to do, why, how much is at stake, and where it is looked into."""

    holds: Callable[[Scorecard], bool]
    what: str
    why: Callable[[Scorecard, str], Message]
    stake: Callable[[Scorecard], float]
    tab: str
    right: Right = Right.TODAY


def _revenue(card: Scorecard) -> float:
    return max(card.revenue_12m or 0.0, 0.0)


CAUSES: Final = (
    _Cause(
        lambda card: card.risk == Risk.HIGH,
        _("Keep this account"),
        lambda card, currency: Message(
            _("Risk of leaving {risk}; {money} of yearly sales is at stake"),
            {"risk": Percent(card.churn or 0.0, 0), "money": Money(card.at_stake or 0.0, currency)},
        ),
        lambda card: card.at_stake or 0.0,
        "risk",
    ),
    _Cause(
        lambda card: card.anomaly == AnomalyKind.SILENCE,
        _("Ask why it is silent"),
        lambda card, _c: Message(
            _("No order for {days} days, unusual for this account"), {"days": Count(card.recency or 0)}
        ),
        lambda card: max(card.at_stake or 0.0, _revenue(card) / 4),
        "behaviour",
    ),
    _Cause(
        lambda card: card.anomaly == AnomalyKind.DROP,
        _("Ask about the low month"),
        lambda _card, _c: Message(_("Ordered far less than usual last month")),
        lambda card: _revenue(card) / 4,
        "behaviour",
    ),
    _Cause(
        lambda card: card.direction == Direction.FALLING and (card.growth or 0.0) < STEEP,
        _("Find out why purchases fall"),
        lambda card, _c: Message(
            _("Net sales fall: {growth} against the year before"), {"growth": Percent(card.growth or 0.0, 0)}
        ),
        lambda card: -(card.growth or 0.0) * _revenue(card),
        "development",
    ),
    _Cause(
        lambda card: card.tier == Tier.BZ and (card.contribution or 0.0) < 0,
        _("Review price and service"),
        lambda card, currency: Message(
            _("Costs us {money} more than it brings a year"), {"money": Money(-(card.contribution or 0.0), currency)}
        ),
        lambda card: -(card.contribution or 0.0),
        "contribution",
        Right.MONEY,
    ),
    _Cause(
        lambda card: card.anomaly == AnomalyKind.SURGE,
        _("Ask whether it needs more from now on"),
        lambda _card, _c: Message(_("Ordered far more than usual last month")),
        lambda card: _revenue(card) / 10,
        "behaviour",
    ),
)
"""The first that holds is the account's line on Today."""


def _task(user: User, card: Scorecard, account: Account, currency: str) -> Task | None:
    cause = next((each for each in CAUSES if user.may(each.right) and each.holds(card)), None)
    if cause is None:
        return None
    url = f"{account.get_absolute_url()}?tab={cause.tab}"
    return Task(cause.what, cause.why(card, currency), cause.stake(card), _("Open"), url, account, card)


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
