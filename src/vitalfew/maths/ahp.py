"""Weights from judgements in pairs: how much more one criterion matters than another.

A matrix of judgements ``a`` has one row and one column per criterion; ``a_ij`` says how many times as much ``i`` matters as
``j``, from 1/9 to 9, and ``a_ji = 1/a_ij``. Judges contradict themselves a little: the consistency ratio says
whether they do so more than a tenth as much as answers by chance would, and then the weights may not be used.

Saaty, T. L. (1980). The Analytic Hierarchy Process. McGraw-Hill.
Saaty, T. L. (2008). Decision making with the analytic hierarchy process. Int. J. Services Sciences 1(1).
Aczél, J. & Saaty, T. L. (1983). Procedures for synthesizing ratio judgements. J. Mathematical Psychology 27(1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats, floats

RANDOM_INDEX: Final = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""The mean consistency index of judgements by chance, for 1 to 10 criteria (Saaty 1980)."""

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

    ``CI = (lambda_max - n)/(n - 1)``, ``CR = CI/RI(n)``, 0 for one or two criteria. Refuses (``ValueError``) what is no
    square matrix of positive reciprocal judgements, and more than ten criteria. Saaty 1980.

    >>> found = priorities(np.array([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]))
    >>> found.weights.round(4), round(found.consistency_ratio, 6) + 0.0
    (array([0.5714, 0.2857, 0.1429]), 0.0)
    """
    judged = _checked(judgements)
    n = judged.shape[0]
    values, vectors = np.linalg.eig(judged)
    first = int(np.argmax(values.real))
    vector = np.abs(vectors[:, first].real)
    largest = float(values[first].real)
    index = (largest - n) / (n - 1) if n > 1 else 0.0
    random = RANDOM_INDEX[n - 1]
    return Priorities(vector / vector.sum(), _geometric(judged), largest, index, index / random if random else 0.0)


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
    order = np.argsort(-far.round(12), kind="stable")[:few]
    pairs = zip(rows[order].tolist(), columns[order].tolist(), strict=True)
    return [Judgement(row, column, float(judged[row, column]), float(ratio[row, column])) for row, column in pairs]


def group(judges: Sequence[Floats]) -> Floats:
    """Several judges as one: the geometric mean of each judgement, the only mean that stays reciprocal. Aczél & Saaty 1983.

    >>> group([np.array([[1, 2], [1 / 2, 1]]), np.array([[1, 8], [1 / 8, 1]])])
    array([[1.  , 4.  ],
           [0.25, 1.  ]])
    """
    if not judges:
        raise ValueError("every pair needs a positive judgement")
    logs = [np.log(_checked(each)) for each in judges]
    return floats(np.exp(np.mean(logs, axis=0)).round(12))


def _geometric(judged: Floats) -> Floats:
    rows = np.exp(np.log(judged).mean(axis=1))
    return floats(rows / rows.sum())


def _checked(judgements: Floats) -> Floats:
    judged = floats(judgements)
    if judged.ndim != 2 or judged.shape[0] != judged.shape[1] or not judged.size:  # noqa: PLR2004 -- rows and columns
        raise ValueError("judgements form a square matrix")
    if judged.shape[0] > len(RANDOM_INDEX):
        raise ValueError("no more than ten criteria can be judged in pairs")
    if not (np.isfinite(judged).all() and (judged > 0).all()):
        raise ValueError("every pair needs a positive judgement")
    if not np.allclose(judged * judged.T, 1.0, rtol=1e-6):
        raise ValueError("a judgement and its reverse multiply to 1")
    return judged
