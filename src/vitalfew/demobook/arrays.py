"""Short names for arrays, and the streams of chance.

Every topic draws from its own stream, named by a word: a new table can join without moving a single number of the
others.
"""

from typing import Final, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Reals: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Chance: TypeAlias = np.random.Generator

NEVER: Final = 10**6
"""A day so late that it never comes: for accounts that don't leave."""


def words(line: str) -> tuple[str, ...]:
    """The words of a line, for lists that read better without quotes."""
    return tuple(line.split())


def chance(seed: int, topic: str) -> Chance:
    """The stream of one topic under one seed."""
    return np.random.default_rng([seed, crc32(topic.encode())])


def one_of(rng: Chance, shares: dict[int, float], size: int) -> Ints:
    """Draw ``size`` keys of ``shares``, each as often as its share says."""
    keys = np.fromiter(shares, dtype=np.int64)
    weights = np.fromiter(shares.values(), dtype=np.float64)
    return rng.choice(keys, size=size, p=weights / weights.sum())


def sums(cell: Ints, values: Ints | Reals, cells: int) -> Reals:
    """Sum of ``values`` by cell, 0 to ``cells`` - 1; exact for whole numbers up to 2**53."""
    return np.bincount(cell, values.astype(np.float64), cells).astype(np.float64)


def percentile(values: Reals) -> Reals:
    """Place of each value among all, 0 for the smallest to 1 for the largest; ties by position."""
    place = np.empty(len(values))
    place[np.argsort(values, kind="stable")] = np.linspace(0, 1, len(values))
    return place
