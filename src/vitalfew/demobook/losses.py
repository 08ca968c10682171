"""Who leaves, when and why: seven causes 七种原因, and two key accounts that run out of money.

Each loss is prepared: on ``since`` its cause begins to show in the facts, on ``left_on`` the account is gone and orders
nothing any more. What shows, and where:

    staff_departure       the sales person on the order lines changes; visits stop
    broken_promise        lines delivered days or weeks after the promised date; complaints about delivery
    neglect_small         no visits, slow replies, complaints about being treated worse (small accounts only)
    strategy_change       the whole spend shrinks, with us and with others (wallet)
    foul_play             a sudden stop; a contact reports what the rival did (complaint ``competition``)
    stronger_rival        share of wallet falls while the wallet stays; the rival is rated above us (surveys)
    unresolved_complaint  a serious complaint stays open, is repeated, and is never closed

One key account weakens in the open (orders shrink, payments come later and later) and goes bankrupt; another is on the
same way when the book ends, and has not left yet.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import NEVER, Chance, Flags, Ints, Reals, percentile
from vitalfew.demobook.days import Period
from vitalfew.demobook.habits import LONG_TERM, PHASED, SEASONAL, Habits
from vitalfew.demobook.staff import Staff

CAUSES: Final = (
    "staff_departure",
    "broken_promise",
    "neglect_small",
    "strategy_change",
    "foul_play",
    "stronger_rival",
    "unresolved_complaint",
)
STAFF, PROMISE, NEGLECT, STRATEGY, FOUL, RIVAL, COMPLAINT = range(7)
FORCES: Final = ("our_failure", "our_failure", "our_failure", "customer", "competitor", "competitor", "our_failure")
_SHARES: Final = (0.14, 0.18, 0.13, 0.12, 0.09, 0.16, 0.18)
_LEAD: Final = ((45, 150), (120, 200), (150, 300), (180, 300), (10, 35), (150, 260), (70, 180))
_SMALL, _SEEN = 0.45, 0.3  # by size: small enough to be neglected, large enough for its deliveries to be seen
_LEFT_OF_ALL: Final = 0.235
_FIRST_LEFT, _LAST_LEFT = 0.42, 0.95  # shares of the book
_SETTLED: Final = 12  # the largest leave only as planned below
_BANKRUPT_RANK, _WEAKENING_RANK = 5, 9
_BANKRUPT_BEFORE_END, _BANKRUPT_LEAD, _WEAK_SINCE_BEFORE_END = 75, 280, 150
# What is left of the orders on the last day: falling in a straight line since the cause began, or at once.
_LEFT_OVER: Final = np.array([0.45, 0.7, 0.75, 0.2, 1.0, 0.3, 0.55])


@dataclass(frozen=True, eq=False)
class Losses:
    """``left_on`` and ``since`` are NEVER, ``cause`` is -1 for those who stay."""

    left_on: Ints
    cause: Ints
    since: Ints
    bankrupt: int
    weakening: int
    weak_since: int

    @property
    def lost(self) -> Flags:
        return self.cause >= 0

    def showing(self, cause: int, account: Ints, day: Ints) -> Flags:
        """Whether that cause is at work at the account on the day."""
        showing: Flags = (self.cause[account] == cause) & (day >= self.since[account])
        return showing

    def remaining(self, days: Ints) -> Reals:
        """Accounts × days: which part of its orders an account still places."""
        progress = (days - self.since[:, None]) / np.maximum(self.left_on - self.since, 1)[:, None]
        part = 1 - (1 - _LEFT_OVER[self.cause])[:, None] * np.clip(progress, 0, 1)
        part = np.where(self.lost[:, None], part, 1.0)
        part[self.weakening] = 1 - 0.5 * np.clip((days - self.weak_since) / (_WEAK_SINCE_BEFORE_END - 1), 0, 1)
        gone: Reals = np.where(days >= self.left_on[:, None], 0.0, part)
        return gone


def losses(rng: Chance, period: Period, accounts: Accounts, habits: Habits, staff: Staff) -> Losses:
    by_size = np.argsort(-accounts.size, kind="stable")
    long_term = by_size[habits.kind[by_size] == LONG_TERM]
    bankrupt, weakening = int(long_term[_BANKRUPT_RANK]), int(long_term[_WEAKENING_RANK])
    cause = _causes(rng, accounts, habits, staff)
    cause[[bankrupt, weakening]] = STRATEGY, -1
    left_on, since = _dates(rng, period, cause, staff)
    left_on[bankrupt] = period.end - _BANKRUPT_BEFORE_END
    since[bankrupt] = left_on[bankrupt] - _BANKRUPT_LEAD
    return Losses(left_on, cause, since, bankrupt, weakening, period.end - _WEAK_SINCE_BEFORE_END)


def _causes(rng: Chance, accounts: Accounts, habits: Habits, staff: Staff) -> Ints:
    """Gives each cause its accounts, the choosiest first."""
    cause = np.full(len(accounts), -1)
    free = np.isin(habits.kind, [PHASED, SEASONAL, LONG_TERM])
    free[np.argsort(-accounts.size, kind="stable")[:_SETTLED]] = False
    for number in (STAFF, NEGLECT, PROMISE, COMPLAINT, RIVAL, FOUL, STRATEGY):
        fitting = np.flatnonzero(free & (cause < 0) & _fits(number, accounts, habits, staff))
        wanted = round(_LEFT_OF_ALL * len(accounts) * _SHARES[number])
        cause[rng.choice(fitting, size=min(wanted, len(fitting)), replace=False)] = number
    return cause


def _fits(cause: int, accounts: Accounts, habits: Habits, staff: Staff) -> Flags:
    """Causes that show in orders or in the wallet need accounts that buy all year."""
    place = percentile(accounts.size)
    often = habits.kind == LONG_TERM
    fitting: dict[int, Flags] = {
        STAFF: often & (staff.predecessor >= 0),
        NEGLECT: often & (place < _SMALL),
        PROMISE: often & (place > _SEEN),
        RIVAL: often,
        STRATEGY: often,
    }
    return fitting.get(cause, np.ones(len(accounts), dtype=bool))


def _dates(rng: Chance, period: Period, cause: Ints, staff: Staff) -> tuple[Ints, Ints]:
    share = np.zeros(len(cause))
    lost = np.flatnonzero(cause >= 0)
    share[rng.permutation(lost)] = np.linspace(_FIRST_LEFT, _LAST_LEFT, len(lost))
    left_on = period.start + (period.length * share).astype(np.int64)
    lead = rng.integers(*np.array(_LEAD)[cause].T)
    since = left_on - lead
    by_staff = cause == STAFF
    since[by_staff] = staff.handed_over_on[by_staff]
    left_on[by_staff] = since[by_staff] + lead[by_staff]
    stays = cause < 0
    left_on[stays], since[stays] = NEVER, NEVER
    return left_on, since
