"""The accounts: who they are, which group they belong to, who looks after them.

Groups have three levels: the group 集团, its subsidiaries 子公司, their shops 门店; all members carry the group's
mark in their name. Two thirds of the accounts stand alone. ``size`` is a standard score, not yet money: how far the
large and the small lie apart is set later, so that the book meets its Pareto figure (see ``calibration``).
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from vitalfew.demobook.arrays import Chance, Ints, Reals, one_of
from vitalfew.demobook.days import Period
from vitalfew.demobook.names import MARKS, STREETS, TRADES, company
from vitalfew.demobook.places import REGION_CODES, REGION_SHARES, cities_of
from vitalfew.maths.years import YEAR

KINDS: Final = ("distributor", "general_agent", "regional_core", "industrial")
_DISTRIBUTOR, _AGENT, _CORE, _INDUSTRIAL = range(4)
_KIND_SHARES: Final = {_DISTRIBUTOR: 0.6, _AGENT: 0.07, _CORE: 0.12, _INDUSTRIAL: 0.21}
_KIND_SIZE: Final = np.array([0.0, 0.9, 0.8, -0.1])
_ACCOUNTS_PER_GROUP: Final = 25
_LISTED: Final = 0.06
_GROUP, _SUBSIDIARY, _SHOP, _ALONE = range(4)
_LEVEL_SIZE: Final = np.array([0.9, 0.1, -0.9, 0.0])


@dataclass
class Entry:
    """One account while the list is being made."""

    name: str
    city: int
    region: int
    kind: int
    industry: str
    level: int
    parent: int = -1


@dataclass(frozen=True, eq=False)
class Accounts:
    """One entry per account in every array; days since 1970-01-01, ``parent`` an index or -1."""

    code: tuple[str, ...]
    name: tuple[str, ...]
    industry: tuple[str, ...]
    city: Ints
    region: Ints
    kind: Ints
    level: Ints
    parent: Ints
    size: Reals
    founded_on: Ints
    opened_on: Ints

    def __len__(self) -> int:
        return len(self.code)


@dataclass
class _Register:
    """Gives out marks, each to one owner, and collects the entries."""

    rng: Chance
    marks: list[int]
    entries: list[Entry] = field(default_factory=list)

    def place(self, region: int | None = None) -> tuple[int, int]:
        region = int(one_of(self.rng, dict(enumerate(REGION_SHARES)), 1)[0]) if region is None else region
        return region, int(self.rng.choice(cities_of(region)))

    def trade(self, kind: int) -> tuple[str, str]:
        fitting = [(word, industry) for word, of, industry in TRADES if of == kind]
        return fitting[int(self.rng.integers(len(fitting)))]

    def add(self, entry: Entry) -> int:
        self.entries.append(entry)
        return len(self.entries) - 1


def accounts(rng: Chance, period: Period, count: int) -> Accounts:
    register = _Register(rng, list(rng.permutation(len(MARKS))))
    for _ in range(count // _ACCOUNTS_PER_GROUP):
        _add_group(register)
    while len(register.entries) < count:
        _add_alone(register)
    return _gather(rng, period, register.entries[:count])


def _add_group(register: _Register) -> None:
    """A group with two to four subsidiaries, each with up to three shops."""
    rng, mark = register.rng, register.marks.pop()
    region, city = register.place()
    kind = int(rng.choice([_AGENT, _CORE]))
    head = register.add(Entry(company(city, mark, "电器集团"), city, region, kind, "家电连锁", _GROUP))
    for _ in range(int(rng.integers(2, 5))):
        _add_subsidiary(register, mark, head)


def _add_subsidiary(register: _Register, mark: int, head: int) -> None:
    rng = register.rng
    taken = {entry.city for entry in register.entries if entry.parent == head}
    region, city = register.place(register.entries[head].region if rng.random() < 0.7 else None)  # noqa: PLR2004 - most stay near home
    if city in taken:
        return
    word, industry = register.trade(_DISTRIBUTOR)
    own = register.add(Entry(company(city, mark, word), city, region, _DISTRIBUTOR, industry, _SUBSIDIARY, head))
    for street in rng.choice(STREETS, size=int(rng.integers(0, 4)), replace=False):
        name = f"{register.entries[own].name}{street}店"
        register.add(Entry(name, city, region, _DISTRIBUTOR, "家电零售", _SHOP, own))


def _add_alone(register: _Register) -> None:
    rng = register.rng
    kind = int(one_of(rng, _KIND_SHARES, 1)[0])
    region, city = register.place()
    word, industry = register.trade(kind)
    form = "股份有限公司" if rng.random() < _LISTED else "有限公司"
    register.add(Entry(company(city, register.marks.pop(), word, form), city, region, kind, industry, _ALONE))


def _gather(rng: Chance, period: Period, entries: list[Entry]) -> Accounts:
    kind = np.array([entry.kind for entry in entries])
    level = np.array([entry.level for entry in entries])
    region = np.array([entry.region for entry in entries])
    opened_on = period.start - rng.integers(20, 14 * YEAR, len(entries))
    return Accounts(
        code=_codes(region),
        name=tuple(entry.name for entry in entries),
        industry=tuple(entry.industry for entry in entries),
        city=np.array([entry.city for entry in entries]),
        region=region,
        kind=kind,
        level=level,
        parent=np.array([entry.parent for entry in entries]),
        size=_sizes(rng, kind, level),
        founded_on=opened_on - rng.integers(200, 12 * YEAR, len(entries)),
        opened_on=opened_on,
    )


def _codes(region: Ints) -> tuple[str, ...]:
    """Region and a number over all regions: HD-0001, HN-0002 and so on."""
    return tuple(f"{REGION_CODES[place]}-{number:04d}" for number, place in enumerate(region, start=1))


def _sizes(rng: Chance, kind: Ints, level: Ints) -> Reals:
    """Standard scores: agents and core customers are larger, shops smaller; beyond that, chance."""
    raw = rng.normal(size=len(kind)) + _KIND_SIZE[kind] + _LEVEL_SIZE[level]
    score: Reals = (raw - raw.mean()) / raw.std()
    return np.clip(score, -2.4, 2.4)
