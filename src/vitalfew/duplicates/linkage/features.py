"""A feature that two records are compared by: its levels of agreement, from equal to different."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vitalfew.maths.fellegi_sunter import UNKNOWN, Belief


@dataclass(frozen=True)
class Level:
    """One level: what it means in words (a sentence to translate; empty: not worth saying), and when it holds.

    ``m`` is how often it is believed to occur among pairs that are one; ``u`` among random pairs, where it is known.
    """

    name: str
    when: str
    m: float
    u: float | None = None
    says: str = ""


@dataclass(frozen=True)
class Feature:
    """A feature with its levels, the first that holds counts. ``unknown`` is when it says nothing."""

    name: str
    unknown: str
    levels: tuple[Level, ...]
    learns: bool = True

    @property
    def sql(self) -> str:
        """The level's number for a pair of records ``a`` and ``b``."""
        cases = " ".join(f"WHEN {level.when} THEN {number}" for number, level in enumerate(self.levels))
        return f"CASE WHEN {self.unknown} THEN {UNKNOWN} {cases} END"

    @property
    def belief(self) -> Belief:
        m = np.array([level.m for level in self.levels])
        u = np.array([np.nan if level.u is None else level.u for level in self.levels])
        return Belief(m, u, self.learns)


@dataclass(frozen=True)
class Model:
    """How records of one kind are compared: the keys that bring two together, and the features."""

    keys: tuple[str, ...]
    """SELECTs of (id, k) from the table ``r``."""
    features: tuple[Feature, ...]
    word: str
    """What tells records apart, as an expression over ``given``: the rarer it is, the more it says if two share it."""
    apart: str
    """How often it occurs is counted in different ones of these."""
    telling: Mapping[str, tuple[int, ...]]
    """The levels, by feature, at which that word is shared."""
    world: int
    """How often it occurs is told as if so many other records stood beside those of the book."""
    bits: str = "0"
    """By how many bits it is rarer than it was met, as an expression over ``given``: long words hardly meet by chance."""

    @property
    def by_name(self) -> Mapping[str, Feature]:
        return {feature.name: feature for feature in self.features}
