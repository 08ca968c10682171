"""Whether two records mean one thing: agreement weights of features, learnt without knowing any answer.

Each pair of records has a level of agreement per feature. ``m`` is how often a level occurs among pairs that are one thing,
``u`` among pairs that are not; a level's weight is log2(m / u), and weights add up if the features are independent given the
answer. ``u`` is read off random pairs, each as far as it is likely no match; ``m`` and the share of matches are found by
expectation and maximisation over the pairs that were compared. All other pairs are taken as no match.

A small book has too few pairs to learn from: ``m`` starts from beliefs that weigh as much as ``strength`` matched pairs, so
that with few pairs they stand and with many the data speak.

    feature with levels (equal, different), m = (.9, .1), u = (.01, .99)
    weight of equal  log2(.9 / .01) = 6.5     of different  log2(.1 / .99) = -3.3

Fellegi, I. P. & Sunter, A. B. (1969). A theory for record linkage. Journal of the American Statistical Association 64(328),
1183-1210. Winkler, W. E. (1988). Using the EM algorithm for weight computation in the Fellegi-Sunter model of record linkage.
Proceedings of the Section on Survey Research Methods, 667-671.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UNKNOWN: Final = -1
"""The level of a feature that one of the two records does not have: it says nothing."""
TINY: Final = 1e-12
CLOSE: Final = 1e-4
BELIEVED: Final = 1e9
"""What is believed of rare levels weighs as much as so many pairs: those of forty thousand records."""


@dataclass(frozen=True)
class Patterns:
    """Patterns of agreement: a row each and a column for each feature, how many pairs show it, and what weight it has besides."""

    levels: Ints
    counts: Floats
    extra: Floats


@dataclass(frozen=True)
class Belief:
    """What is believed of a feature beforehand; ``u`` is NaN where random pairs shall tell it.

    All pairs of the levels ``met`` are among those compared, which then tell their ``u``.
    """

    m: Floats
    u: Floats
    learns: bool = True
    met: tuple[int, ...] = ()


@dataclass(frozen=True)
class Fit:
    """The share of matches among all pairs, and each feature's ``m`` and ``u`` by level."""

    share: float
    m: tuple[Floats, ...]
    u: tuple[Floats, ...]
    iterations: int

    @property
    def weights(self) -> tuple[Floats, ...]:
        return tuple(np.log2(m / u) for m, u in zip(self.m, self.u, strict=True))

    def chances(self, patterns: Patterns) -> Floats:
        """How likely each pattern is a match."""
        total = np.full(len(patterns.levels), np.log2(self.share / (1 - self.share))) + patterns.extra
        for column, weight in enumerate(self.weights):
            total += np.append(weight, 0.0)[patterns.levels[:, column]]
        return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(total, -60, 60))), dtype=np.float64)


def fit(
    compared: Patterns,
    random: Patterns,
    pairs: float,
    beliefs: Sequence[Belief],
    *,
    share: float,
    strength: float = 50.0,
    floor: float = 1e-6,
    most: int = 100,
) -> Fit:
    """Learn ``m``, ``u`` and the share of matches. ``pairs`` is how many pairs there are in all, compared or not."""
    believed = [each.m / each.m.sum() for each in beliefs]
    now = Fit(
        share, tuple(believed), tuple(_rare(m, belief.u, floor) for m, belief in zip(believed, beliefs, strict=True)), 0
    )
    for iterations in range(1, most + 1):
        matched = now.chances(compared) * compared.counts
        m = tuple(
            _renewed(compared.levels[:, column], matched, m * strength) if belief.learns else m
            for column, (m, belief) in enumerate(zip(believed, beliefs, strict=True))
        )
        strangers = compared.counts - matched
        u = tuple(
            _met(each, compared.levels[:, column], strangers, belief, pairs)
            for column, (each, belief) in enumerate(
                zip(_by_chance(random, (1 - now.chances(random)) * random.counts, beliefs, floor), beliefs, strict=True)
            )
        )
        found = float((matched.sum() + strength * share) / (pairs + strength))
        before, now = now, Fit(min(max(found, TINY), 0.5), m, u, iterations)
        if _settled(before, now):
            break
    return now


def _renewed(column: Ints, matched: Floats, belief: Floats) -> Floats:
    known = column != UNKNOWN
    seen = np.bincount(column[known], matched[known], minlength=len(belief)) + belief
    return np.asarray(np.maximum(seen / seen.sum(), TINY), dtype=np.float64)


def _by_chance(random: Patterns, counts: Floats, beliefs: Sequence[Belief], floor: float) -> list[Floats]:
    """``u``: as known, else how often each level occurs among random pairs, none below ``floor``."""
    learnt = []
    for column, belief in enumerate(beliefs):
        seen = _renewed(random.levels[:, column], counts, np.full(len(belief.u), 0.5))
        least = np.append(np.full(len(seen) - 1, floor), belief.m[-1] / belief.m.sum())
        learnt.append(np.where(np.isnan(belief.u), np.maximum(seen, least), belief.u))
    return learnt


def _met(u: Floats, column: Ints, strangers: Floats, belief: Belief, pairs: float) -> Floats:
    """``u`` of levels of which every pair was compared: so many strangers show them, among all pairs."""
    for level in belief.met:
        seen = float(strangers[column == level].sum())
        u[level] = (seen + belief.u[level] * BELIEVED) / (pairs + BELIEVED)
    return u


def _rare(m: Floats, u: Floats, floor: float) -> Floats:
    """``u`` to begin with: agreement is rare among pairs that are no match, or a book full of twins would hide them all."""
    guess = np.maximum(m / 100, floor)
    guess[-1] = 1.0
    return np.where(np.isnan(u), guess, u)


def _settled(before: Fit, after: Fit) -> bool:
    """Whether no weight changes any more."""
    moved = (float(np.abs(a - b).max()) for a, b in zip((*before.m, *before.u), (*after.m, *after.u), strict=True))
    return max(abs(after.share / before.share - 1), *moved) < CLOSE
