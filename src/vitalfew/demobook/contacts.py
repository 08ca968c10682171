"""The people at the account, from the chairman of the board to the shop assistant and the storekeeper.

Large accounts are known at every level, small ones by two or three people, and those that hang on a single person
by that one alone. Telephone numbers begin with 12, which no Chinese mobile does; mail goes to example.com.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import NEVER, Chance, Ints, Reals, percentile
from vitalfew.demobook.columns import day, numbered, picked, table, text
from vitalfew.demobook.days import Period
from vitalfew.demobook.habits import Habits
from vitalfew.demobook.losses import Losses
from vitalfew.demobook.persons import persons
from vitalfew.maths.years import YEAR


class Role(NamedTuple):
    level: str
    title: str
    department: str
    influence: str


_BUYER: Final = Role("manager", "采购经理", "采购部", "high")
# In the order in which one gets to know them.
_TRADE: Final = (
    _BUYER,
    Role("president", "总经理", "总经办", "high"),
    Role("frontline", "仓管员", "仓储部", "low"),
    Role("manager", "店长", "门店", "medium"),
    Role("specialist", "会计", "财务部", "low"),
    Role("frontline", "店员", "门店", "low"),
    Role("director", "采购总监", "采购部", "high"),
    Role("specialist", "业务员", "销售部", "medium"),
    Role("president", "董事长", "董事会", "high"),
    Role("director", "财务总监", "财务部", "medium"),
    Role("manager", "售后经理", "售后部", "medium"),
    Role("frontline", "导购员", "门店", "low"),
)
_INDUSTRY: Final = (
    _BUYER,
    Role("manager", "工程部经理", "工程部", "high"),
    Role("president", "总经理", "总经办", "high"),
    Role("specialist", "会计", "财务部", "low"),
    Role("specialist", "设备主管", "设备部", "medium"),
    Role("frontline", "仓管员", "仓储部", "low"),
    Role("director", "采购总监", "采购部", "high"),
    Role("president", "董事长", "董事会", "high"),
)
_INDUSTRIAL: Final = 3
_ATTITUDES: Final = ("supporter", "neutral", "critic")
_GONE: Final = 0.07


class Contact(NamedTuple):
    account: int
    role: Role


def known_people(rng: Chance, accounts: Accounts, habits: Habits) -> list[Contact]:
    return list(_known(rng, accounts, habits))


def _known(rng: Chance, accounts: Accounts, habits: Habits) -> Iterator[Contact]:
    wide: Reals = percentile(accounts.size)
    for account in range(len(accounts)):
        roles = _INDUSTRY if accounts.kind[account] == _INDUSTRIAL else _TRADE
        count = 2 + int(rng.integers(0, 2)) + int(9 * wide[account] ** 1.5)
        for role in roles[: 1 if habits.single_threaded[account] else count]:
            yield Contact(account, role)


def contact_ids(count: int) -> pa.Array:
    return numbered("LX-", np.arange(1, count + 1), 5)


def contact_table(rng: Chance, period: Period, accounts: Accounts, known: list[Contact], losses: Losses) -> pa.Table:
    count = len(known)
    account = np.array([contact.account for contact in known])
    since, left_on = _stay(rng, period, accounts, account)
    columns: dict[str, Any] = {
        "contact_id": contact_ids(count),
        "customer": picked(accounts.code, account),
        "name": text(persons(rng, count)),
        "level": text(contact.role.level for contact in known),
        "title": text(contact.role.title for contact in known),
        "department": text(contact.role.department for contact in known),
        "email": text(
            f"{accounts.code[place].lower()}.{number}@example.com" for number, place in enumerate(account, start=1)
        ),
        "phone": text(f"+86 12{a:d} {b:04d} {c:04d}" for a, b, c in _phone_parts(rng, count)),
        "influence": text(contact.role.influence for contact in known),
        "attitude": picked(_ATTITUDES, _attitudes(rng, losses, account)),
        "since": day(since),
        "left_on": day(left_on, missing=left_on == NEVER),
    }
    return table("contacts", columns)


def _phone_parts(rng: Chance, count: int) -> list[list[int]]:
    parts: list[list[int]] = rng.integers(0, (10, 10_000, 10_000), (count, 3)).tolist()
    return parts


def _stay(rng: Chance, period: Period, accounts: Accounts, account: Ints) -> tuple[Ints, Ints]:
    """Known since some time after the account was opened; a few have left their company since."""
    opened = accounts.opened_on[account]
    since = opened + (rng.beta(1, 2.5, len(account)) * (period.end - opened)).astype(np.int64)
    left = rng.integers(period.end - 2 * YEAR, period.end, len(account))
    gone = (rng.random(len(account)) < _GONE) & (left > since + 60)
    return since, np.where(gone, left, NEVER)


def _attitudes(rng: Chance, losses: Losses, account: Ints) -> Ints:
    """Mostly neutral or well-meaning; at lost accounts more critics."""
    lost = losses.lost[account]
    share = rng.random(len(account))
    supporter, critic = np.where(lost, 0.12, 0.38), np.where(lost, 0.4, 0.1)
    return np.where(share < supporter, 0, np.where(share > 1 - critic, 2, 1))
