"""One campaign with a planted effect: 81 accounts, of every three alike in size one is drawn to be held out.

Only accounts that stand alone take part, so that no effect spills over inside a group. During eight weeks the treated
order ``1 + LIFT`` times as often as they otherwise would; the held-out show what would have happened.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import Chance, Ints, Reals
from vitalfew.demobook.columns import day, money, picked, same, table
from vitalfew.demobook.days import Period
from vitalfew.demobook.habits import DEVELOPING, LONG_TERM, Habits
from vitalfew.demobook.losses import Losses

NAME: Final = "开春备货季"
LIFT: Final = 0.5
COST: Final = 200_000
"""What it cost with each treated account, in 分."""
_SHARE: Final = 0.27
_THREE: Final = 3
_ALONE: Final = 3
_STARTS_BEFORE_END, _DAYS = 245, 56
ARMS: Final = ("holdout", "treated")


@dataclass(frozen=True, eq=False)
class Campaign:
    starts_on: int
    ends_on: int
    treated: Ints
    held_out: Ints

    def push(self, days: Ints, accounts: int) -> Reals:
        """Accounts × days: how many times the usual orders."""
        factor = np.ones((accounts, len(days)))
        running = (days >= self.starts_on) & (days <= self.ends_on)
        factor[np.ix_(self.treated, running)] = 1 + LIFT
        return factor


def campaign(rng: Chance, period: Period, accounts: Accounts, habits: Habits, losses: Losses) -> Campaign:
    starts_on = period.end - _STARTS_BEFORE_END
    settled = np.isin(habits.kind, [DEVELOPING, LONG_TERM]) & (habits.starts_on < starts_on - 100)
    fitting = settled & (accounts.level == _ALONE) & (losses.since > period.end)
    fitting[losses.weakening] = False
    chosen = rng.permutation(np.flatnonzero(fitting))[: round(_SHARE * len(accounts)) // _THREE * _THREE]
    chosen = chosen[: len(chosen) // _THREE * _THREE]
    alike = chosen[np.argsort(accounts.size[chosen], kind="stable")].reshape(-1, _THREE)
    drawn = rng.permuted(alike, axis=1)
    return Campaign(starts_on, starts_on + _DAYS - 1, np.sort(drawn[:, 1:].ravel()), np.sort(drawn[:, 0]))


def campaign_table(run: Campaign, accounts: Accounts) -> pa.Table:
    """Who was in which arm: a fact the firm knows, unlike the effect."""
    members = np.concatenate([run.treated, run.held_out])
    arm = np.repeat([1, 0], [len(run.treated), len(run.held_out)])
    n = len(members)
    columns: dict[str, Any] = {
        "campaign": same(NAME, n),
        "customer": picked(accounts.code, members),
        "arm": picked(ARMS, arm),
        "starts_on": day(np.full(n, run.starts_on)),
        "ends_on": day(np.full(n, run.ends_on)),
        "cost": money(COST * arm),
        "currency": same("CNY", n),
    }
    return table("campaign", columns)
