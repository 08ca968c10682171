"""Who brought whom: about a tenth of the accounts came through another one, mostly of the same region."""

from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import Chance, Ints
from vitalfew.demobook.columns import day, picked, table
from vitalfew.demobook.days import Period
from vitalfew.demobook.losses import Losses
from vitalfew.maths.years import YEAR

_SHARE: Final = 0.1
_ALONE: Final = 3


def referral_table(rng: Chance, period: Period, accounts: Accounts, losses: Losses) -> pa.Table:
    recent = np.flatnonzero((accounts.opened_on > period.start - 4 * YEAR) & (accounts.level == _ALONE))
    count = min(round(_SHARE * len(accounts)), len(recent))
    referred = np.sort(rng.choice(recent, size=count, replace=False))
    referrer = np.array([_referrer(rng, accounts, losses, int(account)) for account in referred])
    found = referrer >= 0
    referrer, referred = referrer[found], referred[found]
    columns: dict[str, Any] = {
        "referrer": picked(accounts.code, referrer),
        "referred": picked(accounts.code, referred),
        "referred_on": day(accounts.opened_on[referred] - rng.integers(5, 60, len(referred))),
    }
    return table("referrals", columns)


def _referrer(rng: Chance, accounts: Accounts, losses: Losses, referred: int) -> int:
    """An account of the same region that had been with us for half a year, and still was; -1 where there is none."""
    then = accounts.opened_on[referred]
    with_us = (accounts.opened_on < then - YEAR // 2) & (losses.left_on > then) & (losses.cause < 0)
    fitting: Ints = np.flatnonzero(with_us & (accounts.region == accounts.region[referred]))
    return int(rng.choice(fitting)) if len(fitting) else -1
