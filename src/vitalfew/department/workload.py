"""How much work an account is, and a manager's accounts together.

    load of an account = weight of its tier × (1 + chance of leaving + 1/2 where a question to it is open)

An ordinary account without risk counts 1; the most valuable count 3, the most growable and those to be turned 2. What is
not known counts as none. A most valuable account with a chance of leaving of 40 % and an open question:

>>> load("mvc", 0.4, asks=True)
5.7

The weights are a convention of this house: they order and compare, they are no hours.
"""

from collections.abc import Mapping
from statistics import mean
from types import MappingProxyType
from typing import Final

from vitalfew.terms import Tier

WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {Tier.MVC.value: 3.0, Tier.MGC.value: 2.0, Tier.MIGRATE.value: 2.0}
)
ORDINARY, ASKED = 1.0, 0.5
ROOM: Final = 1.25
"""Where nobody said how much somebody can look after: so many times the mean of all."""


def load(tier: str, chance: float | None, *, asks: bool) -> float:
    """What an account counts."""
    return round(WEIGHTS.get(tier, ORDINARY) * (1 + (chance or 0.0) + ASKED * asks), 6)


def usual_capacity(loads: list[float]) -> float:
    """How much each of these can look after, where nothing is said."""
    return ROOM * mean(loads) if loads and any(loads) else ORDINARY


def in_sql() -> str:
    """The load of an account ``a`` with the card ``c``, as the database adds it up."""
    cases = " ".join(f"WHEN '{tier}' THEN {weight}" for tier, weight in WEIGHTS.items())
    asks = f"CASE WHEN coalesce(c.anomaly, '') = '' THEN 0.0 ELSE {ASKED} END"
    return f"(CASE coalesce(c.tier, '') {cases} ELSE {ORDINARY} END) * (1.0 + coalesce(c.churn, 0.0) + {asks})"
