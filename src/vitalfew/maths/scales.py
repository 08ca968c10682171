"""Answers to several questions as scores, and how good the questions are together.

A score is the mean of the answered questions where at least half of them were answered; else there is none. Answers are
spread from 0 to 1 before: ``(x - lowest) / (highest - lowest)``, a reversed one turned as ``1 - x``.

    7-point answers 6, 5 and nothing   →   5/6, 4/6   →   .75, from 0 to 100: 75
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from scipy.special import stdtrit

from vitalfew.maths.arrays import Floats, Ints, floats
from vitalfew.maths.intervals import Interval
from vitalfew.maths.reliability import (
    alpha,
    alpha_interval,
    alpha_standardised,
    composite,
    correlations_of,
    extracted,
    htmt,
    one_factor,
)

LEAST_RELIABLE: Final = 0.7
LEAST_EXTRACTED: Final = 0.5
MOST_ALIKE: Final = 0.85


@dataclass(frozen=True)
class Scale:
    """One set of questions: Cronbach's alpha raw and standardised, its interval, omega, AVE, answer sheets and questions."""

    alpha: float | None
    interval: Interval | None
    standardised: float | None
    omega: float | None
    extracted: float | None
    sheets: int
    questions: int


@dataclass(frozen=True)
class Instrument:
    """All sets of questions, and by pair of sets: the heterotrait-monotrait ratio and the correlation of their scores."""

    scales: Sequence[Scale]
    htmt: Mapping[tuple[int, int], float | None]
    correlations: Mapping[tuple[int, int], float | None]

    def apart(self, first: int, second: int) -> bool | None:
        """Fornell & Larcker's criterion: each set shares more with its own questions than with the other set."""
        r = self.correlations[first, second]
        own = [self.scales[each].extracted for each in (first, second)]
        if r is None or None in own:
            return None
        return min(value for value in own if value is not None) > r * r


def instrument(answers: Floats, blocks: Sequence[Sequence[int]]) -> Instrument:
    """How good the questions are, each set alone and against the others, from the rows in which all were answered.

    >>> found = instrument(np.array([[1.0, 2, 4], [2, 2, 3], [3, 5, 3], [4, 4, 1]]), [[0, 1], [2]])
    >>> round(found.correlations[0, 1], 3), found.htmt[0, 1]
    (-0.73, None)
    """
    whole = answers[~np.isnan(answers).any(axis=1)]
    matrix = correlations_of(whole)
    between = correlations_of(scores(whole, blocks)) if whole.size else None
    pairs = list(combinations(range(len(blocks)), 2))
    return Instrument(
        [scale(answers[:, list(block)]) for block in blocks],
        {(a, b): None if matrix is None else htmt(matrix, blocks[a], blocks[b]) for a, b in pairs},
        {(a, b): None if between is None else float(between[a, b]) for a, b in pairs},
    )


def mean_by(group: Ints, values: Floats, groups: int) -> Floats:
    """The mean of each group's known values; NaN where it has none.

    >>> mean_by(np.array([0, 0, 1]), np.array([1.0, 3.0, np.nan]), 2)
    array([ 2., nan])
    """
    known = ~np.isnan(values)
    count = np.bincount(group[known], minlength=groups)
    return np.where(count > 0, np.bincount(group[known], values[known], groups) / np.maximum(count, 1), np.nan)


def mean_of_known(values: Floats) -> Floats:
    """The mean of each row's known values; NaN where it has none."""
    known = (~np.isnan(values)).sum(axis=1)
    return np.where(known > 0, np.nansum(values, axis=1) / np.maximum(known, 1), np.nan)


def latest_change(group: Ints, time: Ints, values: Floats, groups: int) -> Floats:
    """By how much each group's mean at its latest time differs from that at the time before; NaN where it has one time only.

    >>> latest_change(np.array([0, 0, 0, 1]), np.array([1, 2, 2, 2]), np.array([3.0, 4.0, 6.0, 5.0]), 2)
    array([ 2., nan])
    """
    change = np.full(groups, np.nan)
    if values.size:
        span = int(time.max()) - int(time.min()) + 1
        keys, place = np.unique(group * span + time - int(time.min()), return_inverse=True)
        mean = np.bincount(place, values) / np.bincount(place)
        owner = keys // span
        again = owner[1:] == owner[:-1]
        latest = np.flatnonzero(again & ~np.append(again[1:], np.zeros(1, dtype=bool))) + 1
        change[owner[latest]] = mean[latest] - mean[latest - 1]
    return change


def scores(answers: Floats, blocks: Sequence[Sequence[int]]) -> Floats:
    """A score for each row and set of questions; NaN where fewer than half were answered.

    >>> scores(np.array([[0.5, 1.0, np.nan, np.nan]]), [[0, 1], [1, 2, 3]])
    array([[0.75,  nan]])
    """
    columns = []
    for block in blocks:
        part = answers[:, list(block)]
        known = (~np.isnan(part)).sum(axis=1)
        mean = np.nansum(part, axis=1) / np.maximum(known, 1)
        columns.append(np.where((known > 0) & (2 * known >= len(block)), mean, np.nan))
    return floats(np.column_stack(columns))


def scale(answers: Floats) -> Scale:
    """How well the questions hold together, from the rows in which all of them were answered.

    >>> found = scale(np.array([[1.0, 2], [2, 2], [3, 5], [4, 4]]))
    >>> round(found.alpha, 4), found.sheets, found.questions
    (0.8675, 4, 2)
    """
    whole = answers[~np.isnan(answers).any(axis=1)]
    sheets, questions = whole.shape
    raw = alpha(whole)
    correlations = correlations_of(whole)
    loadings = None if correlations is None else one_factor(correlations)
    return Scale(
        raw,
        None if raw is None else alpha_interval(raw, sheets, questions),
        None if correlations is None else alpha_standardised(correlations),
        None if loadings is None else composite(loadings),
        None if loadings is None else extracted(loadings),
        sheets,
        questions,
    )


def mean_interval(values: Floats, confidence: float = 0.95) -> Interval | None:
    """Between which values the mean lies, by Student's t; ``None`` for fewer than two values.

    >>> [round(end, 3) for end in mean_interval(np.array([1.0, 2, 3, 4]))]
    [0.446, 4.554]
    """
    if values.size < 2:  # noqa: PLR2004 -- a spread needs two
        return None
    half = float(stdtrit(values.size - 1, (1 + confidence) / 2) * values.std(ddof=1) / np.sqrt(values.size))
    return Interval(float(values.mean()) - half, float(values.mean()) + half)


def reach_of_means(group: Ints, values: Floats, groups: int, confidence: float = 0.95) -> Floats:
    """Half the interval of each group's mean, when groups are too small for a spread of their own.

    ``t s / sqrt(n_g)`` with ``s²`` the spread inside groups, pooled over all, and its ``sum (n_g - 1)`` degrees of freedom.
    NaN for groups without a value, and for all where no group has two.

    >>> reach_of_means(np.array([0, 0, 1]), np.array([0.4, 0.6, 0.5]), 3).round(3)
    array([1.271, 1.797,   nan])
    """
    count = np.bincount(group, minlength=groups)
    mean = np.bincount(group, values, groups) / np.maximum(count, 1)
    freedom = int(np.maximum(count - 1, 0).sum())
    if freedom == 0:
        return np.full(groups, np.nan)
    spread = np.sqrt(float(((values - mean[group]) ** 2).sum()) / freedom)
    half = float(stdtrit(freedom, (1 + confidence) / 2)) * spread
    return floats(np.where(count > 0, half / np.sqrt(np.maximum(count, 1)), np.nan))
