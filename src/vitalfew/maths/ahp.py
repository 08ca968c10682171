"""Weights from judgements in pairs: how much more one criterion matters than another.

A matrix of judgements ``a`` has one row and one column per criterion; ``a_ij`` says how many times as much ``i`` matters as
``j``, from 1/9 to 9, and ``a_ji = 1/a_ij``. Judges contradict themselves a little: the consistency ratio says
whether they do so more than a tenth as much as answers by chance would, and then the weights may not be used.

A pair that nobody judged is NaN. It is taken for what the weights say of it, so it neither agrees nor contradicts (Harker):

    b_ij = a_ij, 0 if it is missing          b_ii = 1 + how many are missing in the row          B w = lambda_max w

Fewer judgements contradict each other less by chance too: the random index is then lower, by as much as with answers by chance
to the same pairs (2,000 draws). Every criterion must be linked to every other, over others if need be.

    1 : 2 = 2, 2 : 3 = 2, 1 : 3 not judged   →   weights 4/7, 2/7, 1/7

Saaty, T. L. (1980). The Analytic Hierarchy Process. McGraw-Hill.
Saaty, T. L. (2008). Decision making with the analytic hierarchy process. Int. J. Services Sciences 1(1).
Aczél, J. & Saaty, T. L. (1983). Procedures for synthesizing ratio judgements. J. Mathematical Psychology 27(1).
Harker, P. T. (1987). Incomplete pairwise comparisons in the analytic hierarchy process. Mathematical Modelling 9(11).
Bozóki, S., Fülöp, J. & Rónyai, L. (2010). On optimal completion of incomplete pairwise comparison matrices. Mathematical
and Computer Modelling 52(1-2). Ágoston, K. C. & Csató, L. (2022). Inconsistency thresholds for incomplete pairwise
comparison matrices. Omega 108.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, floats

RANDOM_INDEX: Final = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""The mean consistency index of judgements by chance, for 1 to 10 criteria (Saaty 1980)."""

_BY_CHANCE: Final = 2_000
_NOTHING: Final = 1e-9
_SCALE: Final = np.concatenate([1.0 / np.arange(9, 1, -1), np.arange(1.0, 10.0)])

LIMIT: Final = 0.10
"""From this ratio on the weights may not be used."""


@dataclass(frozen=True)
class Priorities:
    """Weights that sum to 1, how consistent the judgements are, and the geometric-mean weights as a cross-check."""

    weights: Floats
    geometric: Floats
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    missing: int = 0
    """Pairs that nobody judged."""

    @property
    def usable(self) -> bool:
        return self.consistency_ratio < LIMIT


class Judgement(NamedTuple):
    """One judgement: criteria by number, what was said, and what the weights would say."""

    row: int
    column: int
    said: float
    consistent: float


def priorities(judgements: Floats) -> Priorities:
    """The principal right eigenvector of the judgements, summed to 1, and their consistency.

    ``CI = (lambda_max - n)/(n - 1)``, ``CR = CI/RI(n)``, 0 for one or two criteria and where no judgement checks another.
    Refuses (``ValueError``) what is no square matrix of positive reciprocal judgements, criteria that nothing links, and more
    than ten of them. Saaty 1980.

    >>> found = priorities(np.array([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]))
    >>> found.weights.round(4), round(found.consistency_ratio, 6) + 0.0
    (array([0.5714, 0.2857, 0.1429]), 0.0)
    """
    judged = _checked(judgements)
    missing = np.isnan(judged)
    largest, weights = _principal(judged)
    index = _index(largest, judged.shape[0])
    random = _random_index(missing)
    ratio = index / random if random else 0.0
    return Priorities(weights, _geometric(judged), float(largest), float(index), float(ratio), int(missing.sum()) // 2)


def matrix(n: int, said: Iterable[tuple[int, int, float]]) -> Floats:
    """One judge's matrix from (row, column, value); the reverse of a pair is filled in, one never judged stays NaN.

    >>> matrix(2, [(0, 1, 4.0)])
    array([[1.  , 4.  ],
           [0.25, 1.  ]])
    """
    judged = np.full((n, n), np.nan)
    np.fill_diagonal(judged, 1.0)
    for row, column, value in said:
        judged[row, column] = value
    return np.where(np.isnan(judged), 1.0 / np.where(judged.T == 0, np.nan, judged.T), judged)


def most_inconsistent(judgements: Floats, weights: Floats, few: int = 3) -> list[Judgement]:
    """The judgements that disagree most with the weights: largest ``|ln(a_ij w_j/w_i)|`` first, each pair once.

    >>> most_inconsistent(np.array([[1, 2, 9], [1 / 2, 1, 2], [1 / 9, 1 / 2, 1]]), np.array([4, 2, 1]) / 7, 1)
    [Judgement(row=0, column=2, said=9.0, consistent=4.0)]
    """
    judged = _checked(judgements)
    ratio = weights[:, None] / weights[None, :]
    rows, columns = np.triu_indices(judged.shape[0], 1)
    far = np.abs(np.log(judged[rows, columns] / ratio[rows, columns]))
    order = np.argsort(-far.round(12), kind="stable")[: min(few, int(np.isfinite(far).sum()))]
    pairs = zip(rows[order].tolist(), columns[order].tolist(), strict=True)
    return [Judgement(row, column, float(judged[row, column]), float(ratio[row, column])) for row, column in pairs]


def group(judges: Sequence[Floats]) -> Floats:
    """Several judges as one: the geometric mean of each judgement, the only mean that stays reciprocal. Aczél & Saaty 1983.

    Of each pair those count who judged it; one that nobody judged stays NaN.

    >>> group([np.array([[1, 2], [1 / 2, 1]]), np.array([[1, 8], [1 / 8, 1]])])
    array([[1.  , 4.  ],
           [0.25, 1.  ]])
    """
    if not judges:
        raise ValueError("the judgements link all criteria")
    logs = np.log([_reciprocal(each) for each in judges])
    with np.errstate(invalid="ignore"):
        return floats(np.exp(np.nansum(logs, axis=0) / (~np.isnan(logs)).sum(axis=0)).round(12))


def completed(judgements: Floats, weights: Floats) -> list[Judgement]:
    """The pairs that nobody judged, with what the weights say of them.

    >>> half = np.array([[1, 2, np.nan], [1 / 2, 1, 2], [np.nan, 1 / 2, 1]])
    >>> [(each.row, each.column, round(each.consistent, 6)) for each in completed(half, priorities(half).weights)]
    [(0, 2, 4.0)]
    """
    rows, columns = np.nonzero(np.triu(np.isnan(judgements), 1))
    return [
        Judgement(row, column, float("nan"), float(weights[row] / weights[column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def _principal(judged: Floats) -> tuple[Floats, Floats]:
    """The largest eigenvalue and its vector, summed to 1, of matrices (…, n, n) in which NaN is missing."""
    missing = np.isnan(judged)
    known = np.where(missing, 0.0, judged) + missing.sum(axis=-1)[..., None] * np.eye(judged.shape[-1])
    values, vectors = np.linalg.eig(known)
    first = values.real.argmax(axis=-1)[..., None]
    vector = np.abs(np.take_along_axis(vectors, first[..., None, :], axis=-1)[..., 0].real)
    return np.take_along_axis(values.real, first, axis=-1)[..., 0], floats(vector / vector.sum(axis=-1, keepdims=True))


def _index(largest: Floats, n: int) -> Floats:
    return np.asarray((largest - n) / max(n - 1, 1))


def _random_index(missing: Bools) -> float:
    """Saaty's index of so many criteria, less as answers by chance to these pairs alone contradict each other less."""
    n = missing.shape[0]
    if not missing.any():
        return RANDOM_INDEX[n - 1]
    chance = np.random.default_rng(n).choice(_SCALE, (_BY_CHANCE, n, n))
    upper = np.triu(np.ones((n, n), dtype=bool), 1)
    drawn = np.where(upper, chance, np.where(upper.T, 1.0 / chance.swapaxes(1, 2), 1.0))
    whole, part = (_index(_principal(each)[0], n).mean() for each in (drawn, np.where(missing, np.nan, drawn)))
    return RANDOM_INDEX[n - 1] * float(part / whole) if part > _NOTHING else 0.0


def _geometric(judged: Floats) -> Floats:
    """Logarithmic least squares over the pairs that were judged: the geometric mean of the rows where all were."""
    known = ~np.isnan(judged) & ~np.eye(judged.shape[0], dtype=bool)
    laplacian = np.diag(known.sum(axis=1)) - known
    logs = np.where(known, np.log(judged), 0.0).sum(axis=1)
    rows = np.exp(np.linalg.pinv(laplacian) @ logs)
    return floats(rows / rows.sum())


def _checked(judgements: Floats) -> Floats:
    judged = _reciprocal(judgements)
    linked = np.linalg.matrix_power((~np.isnan(judged)).astype(np.float64), judged.shape[0])
    if not (linked > 0).all():
        raise ValueError("the judgements link all criteria")
    return judged


def _reciprocal(judgements: Floats) -> Floats:
    judged = floats(judgements)
    if judged.ndim != 2 or judged.shape[0] != judged.shape[1] or not judged.size:  # noqa: PLR2004 -- rows and columns
        raise ValueError("judgements form a square matrix")
    if judged.shape[0] > len(RANDOM_INDEX):
        raise ValueError("no more than ten criteria can be judged in pairs")
    if (judged <= 0).any() or np.isinf(judged).any():
        raise ValueError("every judgement is above 0")
    if not np.allclose(judged * judged.T, np.where(np.isnan(judged), np.nan, 1.0), rtol=1e-6, equal_nan=True):
        raise ValueError("a judgement and its reverse multiply to 1")
    return judged
