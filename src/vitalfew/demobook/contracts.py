"""Service contracts beside what accounts buy: who signed what, which were renewed, and how likely each renewal was.

A contract is renewed every twelve months. The chance that it is not is drawn once a contract (the base, a beta) and made
larger or smaller by what was agreed when it was signed:

    hazard = 1 − (1 − base)^(by the discount · by automatic renewal · by installation on site)

A deep discount at the start is planted to bring customers that do not stay, ``BY_DISCOUNT`` times the risk for each ten
points; payment terms and the channel are planted to mean nothing. Whoever leaves us altogether renews nothing any more.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import NEVER, Chance, Flags, Ints, Reals, one_of
from vitalfew.demobook.columns import day, money, numbered, picked, same, table
from vitalfew.demobook.days import Period
from vitalfew.demobook.habits import ONE_OFF, Habits
from vitalfew.demobook.losses import Losses
from vitalfew.maths.contract_periods import renewal_day
from vitalfew.maths.years import YEAR

KINDS: Final = ("延保服务", "维护保养", "上门安装")
CHANNELS: Final = ("客户经理", "线上自助", "代理转签")
BY_DISCOUNT, BY_AUTOMATIC, BY_INSTALLATION = 2.0, 0.4, 1.6
_BASE: Final = (1.4, 8.0)
_PERIOD, _LONGEST = 12, 12
_BEFORE: Final = 5 * YEAR
_SHARES: Final = {0: 0.15, 1: 0.25, 2: 0.3, 3: 0.3}
_TERMS: Final = (30, 60, 90)
_SAFE: Final = 60


@dataclass(frozen=True, eq=False)
class Signed:
    """What was agreed, a contract each, in order of its first day; ``hazard``: chance that a renewal fails."""

    account: Ints
    started_on: Ints
    value: Ints
    kind: Ints
    channel: Ints
    discount: Reals
    terms: Ints
    automatic: Flags
    hazard: Reals
    ended_on: Ints
    """NEVER where it runs."""
    by_leaving: Flags
    """Lost with the whole account."""


def signed(rng: Chance, period: Period, accounts: Accounts, habits: Habits, losses: Losses) -> Signed:
    account, started_on = _begun(rng, period, accounts, habits, losses)
    n = account.size
    kind, channel = one_of(rng, {0: 0.5, 1: 0.3, 2: 0.2}, n), one_of(rng, {0: 0.6, 1: 0.25, 2: 0.15}, n)
    discount, terms = np.round(rng.beta(2, 8, n), 3), one_of(rng, {0: 0.5, 1: 0.35, 2: 0.15}, n)
    automatic = rng.random(n) < 0.45  # noqa: PLR2004 - nearly half run on unless somebody says no
    times = (
        BY_DISCOUNT ** ((discount - 0.2) * 10)
        * BY_AUTOMATIC**automatic
        * BY_INSTALLATION ** (kind == KINDS.index("上门安装"))
    )
    hazard = 1 - (1 - rng.beta(*_BASE, n)) ** times
    value = np.exp(rng.normal(10.2, 0.6, n) + 0.35 * accounts.size[account])
    last = np.where(losses.lost, losses.left_on, NEVER)[account]
    ended_on, by_leaving = _ended(rng, period, started_on, hazard, last)
    return Signed(
        account, started_on, np.round(value, -2).astype(np.int64) * 100, kind, channel, discount,
        np.array(_TERMS)[terms], automatic, hazard, ended_on, by_leaving,
    )  # fmt: skip


def _begun(rng: Chance, period: Period, accounts: Accounts, habits: Habits, losses: Losses) -> tuple[Ints, Ints]:
    """Up to three a settled account, one where it will leave, signed within five years before the book or in it."""
    first = np.maximum(accounts.opened_on, period.start - _BEFORE)
    last = np.minimum(period.end, losses.left_on) - _SAFE
    fits = (habits.kind != ONE_OFF) & (first < last)
    number = np.where(fits, one_of(rng, _SHARES, len(accounts)), 0)
    number = np.where(losses.lost, np.minimum(number, 1), number)
    account = np.repeat(np.arange(len(accounts)), number)
    started_on = (first[account] + rng.random(account.size) * (last - first)[account]).astype(np.int64)
    order = np.lexsort((account, started_on))
    return account[order], started_on[order]


def _ended(rng: Chance, period: Period, started_on: Ints, hazard: Reals, last: Ints) -> tuple[Ints, Flags]:
    """The first renewal that failed, by its own hazard or because the account had left."""
    ended_on, by_leaving = np.full(started_on.size, NEVER), np.zeros(started_on.size, dtype=bool)
    for number in range(1, _LONGEST + 1):
        due = renewal_day(started_on, np.full(started_on.size, number), _PERIOD)
        asked = (ended_on == NEVER) & (due <= period.end)
        gone = last <= due
        fails = asked & (gone | (rng.random(started_on.size) < hazard))
        ended_on[fails], by_leaving[fails] = due[fails], gone[fails]
    return ended_on, by_leaving


def _numbers(contracts: Signed) -> pa.Array:
    return numbered("FW-", np.arange(1, contracts.account.size + 1), 5)


def contract_table(contracts: Signed, accounts: Accounts) -> pa.Table:
    n = contracts.account.size
    columns: dict[str, Any] = {
        "contract": _numbers(contracts),
        "customer": picked(accounts.code, contracts.account),
        "started_on": day(contracts.started_on),
        "ended_on": day(contracts.ended_on, missing=contracts.ended_on == NEVER),
        "period_value": money(contracts.value),
        "currency": same("CNY", n),
        "covers": same("service", n),
        "kind": picked(KINDS, contracts.kind),
        "channel": picked(CHANNELS, contracts.channel),
        "discount": pa.array(contracts.discount),
        "payment_terms_days": pa.array(contracts.terms),
        "automatic_renewal": picked(("否", "是"), contracts.automatic.astype(np.int64)),
    }
    return table("contracts", columns)


def contract_truth(contracts: Signed) -> pa.Table:
    """How likely each contract's renewals were to fail, and whether it went with its account."""
    return pa.table(
        {
            "contract": _numbers(contracts),
            "hazard": pa.array(contracts.hazard),
            "by_leaving": pa.array(contracts.by_leaving),
        }
    )
