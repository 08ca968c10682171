"""Who suits an account best, among those who have room for it.

Each manager has places; the cost of placing account i at the k-th place of manager m is

    2 (load_m + k × mean load) / capacity_m  +  10 beyond the capacity  −  fit(i, m)

    fit = 3 looks after its group + 2 belongs to its team + share of m's accounts in its region, of its kind,
          and half the share in its industry

and the accounts are placed so that the sum of costs is least (Kuhn 1955, by ``scipy.optimize.linear_sum_assignment``): nobody
gets all of them only for being first. The figures are a convention: they say who fits, not who is good.

Kuhn, H. W. (1955). The Hungarian method for the assignment problem. Naval Research Logistics Quarterly 2(1–2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _

GROUP, TEAM, REGION, KIND, INDUSTRY = 3.0, 2.0, 1.0, 1.0, 0.5
CROWDED, BEYOND = 2.0, 10.0
SPEAKS: Final = 0.15
"""A share of one's accounts from which on it is a reason."""


class Reason(Term):
    """What speaks for somebody."""

    GROUP = "group", _("looks after its group already")
    TEAM = "team", _("belongs to its team already")
    REGION = "region", _("knows the region")
    KIND = "kind", _("knows this kind of customer")
    INDUSTRY = "industry", _("knows the industry")
    ROOM = "room", _("has room for it")
    FULL = "full", _("nobody has room: this one is least overloaded")


@dataclass(frozen=True)
class Case:
    """An account that needs somebody; ``relatives`` manage accounts of its group, ``helpers`` are in its team."""

    code: str
    load: float
    region: str = ""
    kind: str = ""
    industry: str = ""
    relatives: frozenset[int] = frozenset()
    helpers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """Somebody who could take it: what he looks after, and how much he could. Counts are of accounts."""

    pk: int
    load: float
    capacity: float
    accounts: int = 0
    regions: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    industries: Mapping[str, int] = field(default_factory=dict)

    def share(self, counts: Mapping[str, int], word: str) -> float:
        return counts.get(word, 0) / self.accounts if word and self.accounts else 0.0


@dataclass(frozen=True)
class Match:
    """An account, who is proposed for it, and why."""

    code: str
    pk: int
    reasons: tuple[Reason, ...]


def propose(cases: Sequence[Case], candidates: Sequence[Candidate]) -> list[Match]:
    """For every account the one that suits it, all taken together; the heaviest first."""
    if not cases or not candidates:
        return []
    from scipy.optimize import linear_sum_assignment

    ordered = sorted(cases, key=lambda case: (-case.load, case.code))
    places = _places(ordered, candidates)
    fits = np.array([[_fit(case, each) for each in candidates] for case in ordered])
    rows, columns = linear_sum_assignment(places.costs - fits[:, places.owner])
    return [
        _match(ordered[row], candidates[places.owner[at]], full=places.full[at])
        for row, at in zip(rows, columns, strict=True)
    ]


@dataclass(frozen=True)
class _Places:
    """Whose each place is, what it costs, and whether it lies beyond what he can look after."""

    owner: NDArray[np.intp]
    costs: NDArray[np.float64]
    full: NDArray[np.bool_]


def _places(cases: Sequence[Case], candidates: Sequence[Candidate]) -> _Places:
    """As many places with everybody as there are accounts."""
    usual = float(np.mean([case.load for case in cases]))
    owner = np.repeat(np.arange(len(candidates)), len(cases))
    before = np.tile(np.arange(len(cases)), len(candidates)) * usual
    load = np.array([each.load for each in candidates])[owner] + before
    capacity = np.array([max(each.capacity, 1e-9) for each in candidates])[owner]
    full = load + usual > capacity * (1 + 1e-9)
    return _Places(owner, CROWDED * load / capacity + BEYOND * full, full)


def _speaks(case: Case, who: Candidate) -> dict[Reason, float]:
    """What each reason weighs."""
    return {
        Reason.GROUP: GROUP * (who.pk in case.relatives),
        Reason.TEAM: TEAM * (who.pk in case.helpers),
        Reason.REGION: REGION * who.share(who.regions, case.region),
        Reason.KIND: KIND * who.share(who.kinds, case.kind),
        Reason.INDUSTRY: INDUSTRY * who.share(who.industries, case.industry),
    }


def _fit(case: Case, who: Candidate) -> float:
    return sum(_speaks(case, who).values())


def _match(case: Case, who: Candidate, *, full: bool) -> Match:
    weighed = _speaks(case, who)
    told = [reason for reason in sorted(weighed, key=lambda each: -weighed[each]) if weighed[reason] >= SPEAKS]
    return Match(case.code, who.pk, (*told, Reason.FULL if full else Reason.ROOM))
