"""What accounts give beyond orders: ideas and news that people judged, and facts that make trading with them worth more.

Chances are judged by people, and people hope: what is planted comes ``HOPE`` times as often as was judged.
"""

from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import Chance, Flags, Ints, Reals, one_of, percentile
from vitalfew.demobook.columns import day, money, numbered, picked, same, table, text
from vitalfew.demobook.days import Period, iso
from vitalfew.demobook.habits import ONE_OFF, Habits
from vitalfew.demobook.losses import Losses
from vitalfew.maths.years import YEAR

HOPE: Final = 0.8
EVENTS: Final = ("idea", "feedback", "trial", "co_design", "market")
FACTS: Final = ("capacity", "terms", "effort", "entry", "other")
PROOFS: Final = ("拜访纪要", "新品评审会记录", "质量改进单", "市场信息周报", "联合试制报告")
SOURCES: Final = ("销售例会纪要", "生产计划部测算", "财务部测算", "年度合作备忘录", "区域经理说明")
_EVENTS_AN_ACCOUNT, _FACTS_AN_ACCOUNT = 0.25, 0.12
_LARGER: Final = 0.5
_MONTH: Final = 30


class Shared(NamedTuple):
    """Ideas and news by the day; gain and cost in 分."""

    account: Ints
    happened_on: Ints
    kind: Ints
    chance: Reals
    gain: Ints
    cost: Ints
    expected_on: Ints
    proven: Flags


def _some(rng: Chance, accounts: Accounts, habits: Habits, size: int) -> Ints:
    """Accounts with repetition, the larger ones more often."""
    weight = np.where(habits.kind == ONE_OFF, 0.0, 0.3 + percentile(accounts.size))
    return rng.choice(len(accounts), size=size, p=weight / weight.sum())


def shared(rng: Chance, period: Period, accounts: Accounts, habits: Habits, losses: Losses) -> Shared:
    n = round(_EVENTS_AN_ACCOUNT * len(accounts))
    account = _some(rng, accounts, habits, n)
    first, last = np.maximum(habits.starts_on[account], period.start), np.minimum(losses.left_on[account], period.end)
    happened_on = (first + rng.random(n) * (last - first)).astype(np.int64)
    order = np.lexsort((account, happened_on))
    account, happened_on = account[order], happened_on[order]
    gain = np.round(np.exp(rng.normal(11.3, 0.9, n)), -3).astype(np.int64) * 100
    cost = np.round(np.exp(rng.normal(8.6, 0.7, n)), -2).astype(np.int64) * 100
    ahead = rng.integers(3 * _MONTH, 2 * YEAR, n)
    chance = np.clip(np.round(rng.beta(2, 3, n) * 20), 1, 19) / 20
    return Shared(
        account, happened_on, one_of(rng, {0: 0.35, 1: 0.25, 2: 0.15, 3: 0.1, 4: 0.15}, n), chance, gain, cost,
        happened_on + ahead, rng.random(n) < 0.85,  # noqa: PLR2004 - most are written down
    )  # fmt: skip


def _numbers(events: Shared) -> pa.Array:
    return numbered("ZS-", np.arange(1, events.account.size + 1), 4)


def knowledge_table(events: Shared, accounts: Accounts) -> pa.Table:
    proofs = [
        f"{PROOFS[kind]} {iso(int(on))}" if proven else None
        for kind, on, proven in zip(events.kind, events.happened_on, events.proven, strict=True)
    ]
    columns: dict[str, Any] = {
        "event": _numbers(events),
        "customer": picked(accounts.code, events.account),
        "happened_on": day(events.happened_on),
        "kind": picked(EVENTS, events.kind),
        "probability": pa.array(events.chance),
        "gain": money(events.gain),
        "cost": money(events.cost),
        "currency": same("CNY", events.account.size),
        "expected_on": day(events.expected_on),
        "evidence": text(proofs),
    }
    return table("knowledge_events", columns)


def knowledge_truth(events: Shared) -> pa.Table:
    """How likely each gain really was."""
    return pa.table({"event": _numbers(events), "chance": pa.array(HOPE * events.chance)})


def fact_table(rng: Chance, period: Period, accounts: Accounts, habits: Habits) -> pa.Table:
    """Facts in force or over, worth more with larger accounts."""
    n = round(_FACTS_AN_ACCOUNT * len(accounts))
    account = np.sort(_some(rng, accounts, habits, n))
    kind = one_of(rng, {0: 0.3, 1: 0.2, 2: 0.2, 3: 0.2, 4: 0.1}, n)
    since = period.start + rng.integers(0, period.length - _MONTH, n)
    worth = np.round(np.exp(rng.normal(10.3, 0.7, n) + _LARGER * accounts.size[account]), -3).astype(np.int64) * 100
    columns: dict[str, Any] = {
        "fact": numbered("JY-", np.arange(1, n + 1), 4),
        "customer": picked(accounts.code, account),
        "kind": picked(FACTS, kind),
        "worth": money(np.maximum(worth, 100_000)),
        "currency": same("CNY", n),
        "since": day(since),
        "until": day(since + rng.integers(YEAR, 4 * YEAR, n), missing=rng.random(n) < 0.5),  # noqa: PLR2004 - half stay open
        "source": text(f"{SOURCES[each]} {iso(int(on))}" for each, on in zip(kind, since, strict=True)),
    }
    return table("transaction_facts", columns)
