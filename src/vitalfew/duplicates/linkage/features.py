"""A feature that two records are compared by: its levels of agreement, from equal to different."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from vitalfew.maths.fellegi_sunter import UNKNOWN, Belief


@dataclass(frozen=True)
class Level:
    """One level: what it means in words (a sentence to translate; empty: not worth saying), and when it holds.

    ``m`` is how often it is believed to occur among pairs that are one; ``u`` among random pairs, where it is known.
    ``met`` says that the keys bring all pairs of this level together: then they tell ``u``, where there are many.
    """

    name: str
    when: str
    m: float
    u: float | None = None
    says: str = ""
    met: bool = False
    among: str = "true"
    """A condition that neighbouring levels share, asked once for all of them; one of them holds where it does."""


@dataclass(frozen=True)
class Feature:
    """A feature with its levels, the first that holds counts. ``unknown`` is when it says nothing.

    Where the column that it ``needs`` is empty in every record, it is left out.
    """

    name: str
    unknown: str
    levels: tuple[Level, ...]
    learns: bool = True
    needs: str = ""

    @property
    def sql(self) -> str:
        """The level's number for a pair of records ``a`` and ``b``."""
        groups = groupby(enumerate(self.levels), key=lambda numbered: numbered[1].among)
        cases = " ".join(_cases(among, [(number, level.when) for number, level in each]) for among, each in groups)
        return f"CASE WHEN {self.unknown} THEN {UNKNOWN} {cases} END"

    @property
    def belief(self) -> Belief:
        m = np.array([level.m for level in self.levels])
        u = np.array([np.nan if level.u is None else level.u for level in self.levels])
        return Belief(m, u, self.learns, tuple(place for place, level in enumerate(self.levels) if level.met))


def _cases(among: str, numbered: list[tuple[int, str]]) -> str:
    cases = " ".join(f"WHEN {when} THEN {number}" for number, when in numbered)
    return cases if among == "true" else f"WHEN {among} THEN CASE {cases} END"


@dataclass(frozen=True)
class Rarity:
    """Something that two records share at some levels of some features: the rarer it is, the more that says."""

    features: tuple[str, ...]
    levels: tuple[int, ...]
    word: str
    """What is shared, as an expression over ``given``."""
    apart: str
    """How often it occurs is counted in different ones of these."""
    world: int
    """How often it occurs is told as if so many other records stood beside those of the book."""
    others: float = 0.1
    """In so many of those others it is believed to occur."""
    within: str = "true"
    """It is counted among records of the same of these."""
    bits: str = "0"
    """By how many bits it is rarer than it was met, as an expression over ``given``: long words hardly meet by chance."""


@dataclass(frozen=True)
class Model:
    """How records of one kind are compared: the keys that bring two together, and the features."""

    keys: tuple[str, ...]
    """SELECTs of (id, k) from the table ``r``."""
    features: tuple[Feature, ...]
    rarities: tuple[Rarity, ...]

    @property
    def by_name(self) -> Mapping[str, Feature]:
        return {feature.name: feature for feature in self.features}
