"""What serving an account costs: visits, freight, rush orders, complaints, training, promotion, people in its shops.

Demanding accounts are visited twice as often and have our promoters in their shops (``support``), paid as a share of
what they buy. That share is set so that the whale curve peaks at 1.6 times the total contribution: what the good
accounts bring, the demanding ones in part destroy.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import Chance, Ints, Reals, percentile, sums
from vitalfew.demobook.columns import day, money, numbered, picked, same, table
from vitalfew.demobook.complaints import Complaint
from vitalfew.demobook.days import Period
from vitalfew.demobook.habits import ONE_OFF, Habits
from vitalfew.demobook.losses import NEGLECT, STAFF, Losses
from vitalfew.demobook.orders import Sales
from vitalfew.maths.years import YEAR

ACTIVITIES: Final = ("visit", "freight", "rush", "complaint", "training", "promotion", "support")
_VISIT, _FREIGHT, _RUSH, _COMPLAINT, _TRAINING, _PROMOTION, _SUPPORT = range(7)
WHALE_PEAK: Final = 1.6
_FAR: Final = np.array([1.0, 1.15, 1.2, 1.05, 1.4, 1.7, 1.5])  # freight by region
_HALF_YEAR: Final = 182
_TRAINED, _PROMOTED = 0.55, 0.5
_STEPS: Final = 40
_HOUR: Final = 12_000  # 分


@dataclass(frozen=True, eq=False)
class Spent:
    """Entries of service cost; ``cost`` in 分, ``hours`` NaN where no hours are kept."""

    account: Ints
    day: Ints
    activity: Ints
    hours: Reals
    cost: Ints

    def by_account(self, accounts: int) -> Reals:
        return sums(self.account, self.cost, accounts)


@dataclass(frozen=True, eq=False)
class Served:
    """Whom we serve and what they bought."""

    period: Period
    accounts: Accounts
    habits: Habits
    losses: Losses
    sold: Sales

    @property
    def lasts(self) -> tuple[Ints, Ints]:
        """First and last day of being served: a one-off account for two months around its purchase."""
        once, starts = self.habits.kind == ONE_OFF, self.habits.starts_on
        first = np.maximum(np.where(once, starts - 30, starts), self.period.start)
        last = np.minimum(np.where(once, starts + 30, self.period.end), self.losses.left_on - 1)
        return first, last


def service(rng: Chance, served: Served, complained: list[Complaint]) -> Spent:
    parts = [
        _visits(rng, served),
        _freight(rng, served),
        _rush(rng, served),
        _complaints(rng, complained),
        _training(rng, served),
        _promotion(rng, served),
    ]
    usual = _together(parts)
    return _by_date(_together([usual, _support(rng, served, usual)]))


def _visits(rng: Chance, served: Served) -> Spent:
    """More to the large; none to the neglected, few after our sales person left."""
    first, last = served.lasts
    place = percentile(served.accounts.size)
    a_month = (0.25 + 1.1 * place**2) * np.where(served.habits.demanding, 2.0, 1.0)
    count = rng.poisson(a_month * (last - first + 1) / (YEAR / 12))
    account = np.repeat(np.arange(len(count)), count)
    on = first[account] + (rng.random(len(account)) * (last - first + 1)[account]).astype(np.int64)
    dropped = served.losses.showing(NEGLECT, account, on)
    dropped |= served.losses.showing(STAFF, account, on) & (rng.random(len(on)) < 0.85)  # noqa: PLR2004 - a courtesy call or two remain
    account, on = account[~dropped], on[~dropped]
    hours = np.round(rng.uniform(1.5, 6, len(on)) * 2) / 2
    cost = (hours * _HOUR).astype(np.int64) + rng.integers(80, 500, len(on)) * 100
    return Spent(account, on, np.full(len(on), _VISIT), hours, cost)


def _freight(rng: Chance, served: Served) -> Spent:
    """One bill a month, some two percent of the goods, more to far regions."""
    account, on, bought = _monthly(served)
    share = 0.018 * _FAR[served.accounts.region[account]] * rng.uniform(0.7, 1.3, len(account))
    return _plain(account, on, _FREIGHT, bought * share)


def _monthly(served: Served) -> tuple[Ints, Ints, Reals]:
    """For each account and month with orders: the last day of the month, and what was bought, in 分."""
    sold, period = served.sold, served.period
    month = period.month[sold.day - period.start]
    months = int(period.month[-1]) + 1
    bought = sums(sold.account * months + month, np.maximum(sold.amount, 0), len(served.accounts) * months)
    found = np.flatnonzero(bought)
    ends = np.append(period.month_edges[1:], period.length) - 1 + period.start
    return found // months, ends[found % months], bought[found]


def _rush(rng: Chance, served: Served) -> Spent:
    orders = served.sold.orders
    rush = np.flatnonzero(orders.rush)
    worth = sums(served.sold.order, served.sold.amount, len(orders))[rush]
    return _plain(orders.account[rush], orders.day[rush], _RUSH, 15_000 + worth * rng.uniform(0.006, 0.014, len(rush)))


def _complaints(rng: Chance, complained: list[Complaint]) -> Spent:
    """Counted on the day of the complaint, dearer when severe."""
    account = np.array([said.account for said in complained])
    severity = np.array([said.severity for said in complained])
    hours = np.round(rng.uniform(0.5, 3, len(account)) * severity * 2) / 2
    cost = (hours * _HOUR).astype(np.int64) + rng.integers(50, 400, len(account)) * 100
    on = np.array([said.day for said in complained])
    return Spent(account, on, np.full(len(account), _COMPLAINT), hours, cost)


def _training(rng: Chance, served: Served) -> Spent:
    """The larger accounts' shop assistants and storekeepers are trained twice a year."""
    first, last = served.lasts
    rounds = np.arange(served.period.start + 60, served.period.end, _HALF_YEAR)
    account, number = np.nonzero(
        (percentile(served.accounts.size) > _TRAINED)[:, None] & np.ones(len(rounds), dtype=bool)
    )
    on = rounds[number] + rng.integers(-40, 41, len(account))
    held = (on >= first[account]) & (on <= last[account])
    account, on = account[held], on[held]
    return Spent(
        account, on, np.full(len(on), _TRAINING), np.full(len(on), 4.0), rng.integers(800, 2500, len(on)) * 100
    )


def _promotion(rng: Chance, served: Served) -> Spent:
    """Joint promotion with the larger accounts: about one percent of the month."""
    account, on, bought = _monthly(served)
    joint = (percentile(served.accounts.size) > _PROMOTED)[account] & (rng.random(len(account)) < 0.5)  # noqa: PLR2004 - every other month
    return _plain(account[joint], on[joint], _PROMOTION, bought[joint] * rng.uniform(0.01, 0.03, int(joint.sum())))


def _support(rng: Chance, served: Served, usual: Spent) -> Spent:
    account, on, bought = _monthly(served)
    asked = served.habits.demanding[account]
    account, on, bought = account[asked], on[asked], bought[asked]
    return _plain(account, on, _SUPPORT, bought * _support_share(served, usual) * rng.uniform(0.85, 1.15, len(account)))


def _support_share(served: Served, usual: Spent) -> float:
    """The share of purchases at which the whale curve peaks where it should."""
    sold, count = served.sold, len(served.accounts)
    before = sold.by_account(sold.amount - sold.cost, count) - usual.by_account(count)
    bought = sold.by_account(np.maximum(sold.amount, 0), count) * served.habits.demanding
    low, high = 0.0, 0.9
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _below_peak(before - middle * bought) else (low, middle)
    return low


def _below_peak(contribution: Reals) -> bool:
    return bool(contribution.sum() > 0 and np.maximum(contribution, 0).sum() < WHALE_PEAK * contribution.sum())


def _plain(account: Ints, on: Ints, activity: int, cost: Reals) -> Spent:
    whole = np.round(cost).astype(np.int64)
    return Spent(account, on, np.full(len(account), activity), np.full(len(account), np.nan), whole)


def _together(parts: list[Spent]) -> Spent:
    return Spent(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in Spent.__dataclass_fields__}
    )


def _by_date(spent: Spent) -> Spent:
    rows = np.lexsort((spent.activity, spent.account, spent.day))
    return Spent(**{name: getattr(spent, name)[rows] for name in Spent.__dataclass_fields__})


def service_table(spent: Spent, codes: tuple[str, ...]) -> pa.Table:
    columns: dict[str, Any] = {
        "entry_id": numbered("SC-", np.arange(1, len(spent.account) + 1), 6),
        "customer": picked(codes, spent.account),
        "spent_on": day(spent.day),
        "activity": picked(ACTIVITIES, spent.activity),
        "hours": pa.array(spent.hours, mask=np.isnan(spent.hours)),
        "cost": money(spent.cost),
        "currency": same("CNY", len(spent.account)),
    }
    return table("service_costs", columns)
