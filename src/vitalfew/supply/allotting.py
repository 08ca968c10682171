"""Who would get how much of what is short: worked out from the kept picture and the kept forecast of each account.

What all other accounts need is set aside: of a product's goods the accounts shown get the part that their need has of all that is
needed. Beside the rules as they are set stands what would come without floors and without priority, so that both have
their price: what priority gives to one is taken from others, and each who loses is told to whom.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
from django.conf import settings
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.analyses.allocation import Plan
from vitalfew.analyses.allocation.needs import RANKS, Needs, weights_of
from vitalfew.catalogue import Refusal
from vitalfew.department.workdays import calendar
from vitalfew.language import Message
from vitalfew.maths.arrays import Floats
from vitalfew.maths.maxmin import jain
from vitalfew.peaks import questions as peaks
from vitalfew.reviews.questions import in_force
from vitalfew.supply import minimums, reading
from vitalfew.supply.minimums import Minimum
from vitalfew.supply.models import Allotment, Reservation, Stocked
from vitalfew.supply.weeks import DAY, LENGTH, Daily
from vitalfew.supply.words import Rule
from vitalfew.terms import Tier
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.run import day_number

WEIGHTS: Final = "6, 5, 4, 3, 2, 1"
NEXT_TO_NOTHING: Final = 0.01
LOSSES: Final = 20
"""So many of the largest transfers from one to another are named."""
ALL: Final = 100


@dataclass(frozen=True)
class Goods:
    """What is shared out: what each account needs, week by week, what there is of it, and the usual prices."""

    needs: Needs
    supply: Floats
    prices: Floats
    minimums: Sequence[Minimum] = ()
    """What was promised, and by which agreement."""

    def plan(self, rule: str, floor: int, reserve: int) -> Plan:
        needs = replace(self.needs, rank=np.zeros_like(self.needs.rank)) if rule == Rule.ALIKE else self.needs
        weights = weights_of(WEIGHTS)[needs.rank] if rule == Rule.WEIGHTS else None
        none = np.zeros(self.supply.shape[1]), np.zeros(len(self.prices))
        supply = self.supply * (1.0 - reserve / ALL)
        return Plan(needs, supply, none[0], self.prices, floor / ALL, none[1], weights)


@dataclass(frozen=True)
class Way:
    """One way of sharing out, in a few figures."""

    label: str
    plan: Plan

    @cached_property
    def figures(self) -> Mapping[str, float | int | None]:
        return self.plan.figures()

    @property
    def least(self) -> float:
        """The part of its need that the least served account gets."""
        return float(self.plan.served.min(initial=1.0))

    @property
    def empty_handed(self) -> int:
        """How many accounts get next to nothing."""
        return int((self.plan.served < NEXT_TO_NOTHING).sum())

    @property
    def fairness(self) -> float | None:
        return jain(self.plan.served)


@dataclass(frozen=True)
class Share:
    """What an account gets, by the rules and without priority."""

    account: Account
    tier: str
    need: float
    given: float
    without_floor: float
    without_priority: float
    moved: float

    @property
    def served(self) -> float:
        return self.given / self.need


@dataclass(frozen=True)
class Loss:
    """What priority takes from one and gives to another, in money."""

    loser: Account
    gainer: Account
    amount: float


@dataclass(frozen=True)
class Outcome:
    """What would come of it."""

    ways: Sequence[Way]
    shares: Sequence[Share]
    losses: Sequence[Loss]
    collisions: Sequence[Message]


def outcome(row: Allotment, goods: Goods | None = None) -> Outcome:
    """By its rules as they stand; refuses where there is nothing to share out."""
    goods = goods or goods_of(row)
    ways = [
        Way(_("As it is set"), goods.plan(row.rule, row.floor, row.reserve)),
        Way(_("Without floors"), goods.plan(row.rule, 0, row.reserve)),
        Way(_("Without priority"), goods.plan(Rule.ALIKE, row.floor, row.reserve)),
    ]
    accounts = {each.code: each for each in Account.objects.filter(code__in=goods.needs.accounts)}
    return Outcome(
        ways, _shares(goods, [each.plan for each in ways], accounts), _losses(goods, ways, accounts), ways[0].plan.collisions()
    )  # fmt: skip


def goods_of(row: Allotment) -> Goods:
    """Of the picture as it stands."""
    codes, refresh = row.products.split(", "), scorecards.current()
    products = list(Stocked.objects.filter(code__in=codes).order_by("code").prefetch_related("weeks"))
    needed = reading.of_accounts(refresh, codes) if refresh else {}
    weeks = [list(each.weeks.all())[: row.weeks] for each in products]
    days = [each.since for each in weeks[0]] if weeks else []
    booked = peaks.booked(days[0], codes) if days else {}
    by_forecast = {code for each in (needed, booked) for of in each.values() for code in of}
    agreed = minimums.agreed([each.code for each in products], days)
    by_hand = [Minimum(account, product, [a_week] * len(days)) for account, product, a_week in promised(row)]
    said = minimums.together(by_hand, agreed)
    accounts = sorted(by_forecast | {account for account, _product in said})
    shape = (len(products), len(days), len(accounts))
    claims = np.maximum(
        _claims(needed, [each.code for each in products], accounts, days),
        _booked(booked, [each.code for each in products], accounts, days),
    )
    kept = _reserved([each.code for each in products], accounts, days)
    minimum = np.maximum(_minimums(said, [each.code for each in products], accounts, shape) - kept, 0.0)
    claims = np.maximum(np.maximum(claims - kept, 0.0), minimum)
    if not claims.sum() > 0:
        raise Refusal(Message(_("No account is expected to need anything: there is nothing to share out")))
    needs = Needs([each.code for each in products], [day_number(day) for day in days], accounts, claims, minimum,
                  _ranks(accounts))  # fmt: skip
    prices = np.array([np.nan if p.price is None else p.price for p in products])
    return Goods(needs, _supply(weeks, claims), prices, [*agreed, *by_hand])


def _claims(needed: Mapping[str, Any], products: list[str], accounts: list[str], days: list[date]) -> Floats:
    """Months put into weeks: what a month needs falls on its working days."""
    found, place = np.zeros((len(products), len(days), len(accounts))), {code: at for at, code in enumerate(accounts)}
    months = {month for each in needed.values() for means in each.values() for month in means}
    weeks = {month: _weeks_of(month, months, days) for month in months}
    for number, product in enumerate(products):
        for account, means in needed.get(product, {}).items():
            for month, mean in means.items():
                found[number, :, place[account]] += mean * weeks[month]
    return found


def _booked(
    booked: Mapping[str, Mapping[str, Mapping[date, float]]], products: list[str], accounts: list[str], days: list[date]
) -> Floats:
    """What was booked for a peak: it takes the place of a smaller forecast."""
    found = np.zeros((len(products), len(days), len(accounts)))
    for number, product in enumerate(products):
        for account, weeks in booked.get(product, {}).items():
            found[number, :, accounts.index(account)] = [weeks.get(day, 0.0) for day in days]
    return found


def _weeks_of(month: date, months: set[date], days: list[date]) -> Floats:
    """Which part of a month's need falls into each week."""
    daily = Daily({each: (float(each == month),) * 2 for each in months}, calendar())
    return np.array([daily.between(day, day + DAY * LENGTH) for day in days])


def promised(row: Allotment) -> list[tuple[str, str, float]]:
    """Account, product, quantity a week."""
    parted = (line.split(",") for line in row.minimums.splitlines() if line.strip())
    return [(account.strip(), product.strip(), float(quantity)) for account, product, quantity in parted]


def _minimums(
    said: Mapping[tuple[str, str], list[float]], products: list[str], accounts: list[str], shape: tuple[int, ...]
) -> Floats:
    found = np.zeros(shape)
    for (account, product), weeks in said.items():
        if product in products:
            found[products.index(product), :, accounts.index(account)] = weeks
    return found


def _reserved(products: list[str], accounts: list[str], days: list[date]) -> Floats:
    """What accounts were promised before, and have not taken yet: they need so much less, and so much less is there."""
    found = np.zeros((len(products), len(days), len(accounts)))
    rows = Reservation.objects.filter(ended_on=None, product__in=products, account__code__in=accounts)
    for row in rows.filter(week__lte=days[-1]).select_related("account") if days else ():
        week = max(0, (row.week - days[0]).days // LENGTH)
        found[products.index(row.product), week, accounts.index(row.account.code)] += float(row.left)
    return found


def _ranks(accounts: list[str]) -> Any:
    """By the tier that people decided on, else the one found."""
    refresh = scorecards.current()
    try:
        rows = scorecards.result(settings.HOME, refresh, "tiers").table.to_pylist() if refresh else []
    except Refusal:
        rows = []
    tiers = {row["customer"]: row["tier"] for row in rows} | in_force(timezone.localdate())
    place = {tier.value: rank for rank, tier in enumerate(RANKS)}
    return np.array([place[tiers.get(code) or Tier.UNKNOWN.value] for code in accounts], dtype=np.int64)


def _supply(weeks: list[list[Any]], claims: Floats) -> Floats:
    """What is there as the first week begins and what comes later, without what is reserved and what others need of it."""
    found = np.array(
        [
            [week.left + week.need - week.short if n == 0 else week.coming for n, week in enumerate(each)]
            for each in weeks
        ]
    )
    reserved = np.array([[float(week.held) for week in each] for each in weeks])
    free = np.cumsum(found, axis=1) - reserved
    free = np.maximum(np.minimum.accumulate(free[:, ::-1], axis=1)[:, ::-1], 0.0)
    found = np.diff(free, axis=1, prepend=0.0)
    needed = np.array([sum(week.need for week in each) for each in weeks]) - reserved[:, -1]
    ours = claims.sum(axis=(1, 2))
    return np.asarray(found * (ours / np.maximum(np.maximum(needed, ours), NEXT_TO_NOTHING))[:, None])


def _shares(goods: Goods, plans: list[Plan], accounts: Mapping[str, Account]) -> list[Share]:
    """Those who lose most by priority first."""
    need = goods.needs.claims.sum(axis=(0, 1))
    given, without_floor, alike = (plan.allocated.sum(axis=(0, 1)) for plan in plans)
    moved = _moved(goods, plans).sum(axis=(0, 1))
    found = [
        Share(
            accounts[code],
            RANKS[goods.needs.rank[at]].label,
            need[at],
            given[at],
            without_floor[at],
            alike[at],
            moved[at],
        )
        for at, code in enumerate(goods.needs.accounts)
        if code in accounts and need[at] > 0
    ]
    return sorted(found, key=lambda share: (share.moved, share.served, share.account.code))


def _moved(goods: Goods, plans: list[Plan]) -> Floats:
    """Worth of what priority gives or takes; nothing where no price is known."""
    return np.nan_to_num((plans[0].allocated - plans[2].allocated) * goods.prices[:, None, None])


def _losses(goods: Goods, ways: list[Way], accounts: Mapping[str, Account]) -> list[Loss]:
    """In each product who gets less than without priority gives to those who get more, by what these get more."""
    moved = _moved(goods, [way.plan for way in ways]).sum(axis=1)
    found: dict[tuple[str, str], float] = defaultdict(float)
    for each in moved:
        more, less = np.maximum(each, 0.0), np.maximum(-each, 0.0)
        if min(more.sum(), less.sum()) <= NEXT_TO_NOTHING:
            continue
        part = min(1.0, more.sum() / less.sum())
        for loser in np.flatnonzero(less > NEXT_TO_NOTHING):
            for gainer in np.flatnonzero(more > NEXT_TO_NOTHING):
                key = goods.needs.accounts[loser], goods.needs.accounts[gainer]
                found[key] += less[loser] * part * more[gainer] / more.sum()
    largest = sorted(found.items(), key=lambda item: -item[1])[:LOSSES]
    return [Loss(accounts[a], accounts[b], amount) for (a, b), amount in largest if a in accounts and b in accounts]
