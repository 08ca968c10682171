"""Whether several questions measure one thing, and whether two sets of questions measure two.

Answers come as a matrix: one row per respondent, one column per question, all turned the same way. Rows with a gap are the
caller's to leave out. What is undefined (one question, no variance) is ``None``, not 0. A negative alpha is possible and
mostly says that a reversed question was not turned.

    loadings .8, .7, .6   →   omega .7449, AVE .4967

Usual thresholds: alpha and omega from .7, AVE from .5, HTMT below .85 (.90 for neighbouring concepts).

Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16(3).
Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability coefficient twenty. Psychometrika 30.
McDonald, R. P. (1999). Test Theory. Erlbaum. Fornell, C. & Larcker, D. F. (1981). J. Marketing Research 18(1).
Jöreskog, K. G. (1967). Some contributions to maximum likelihood factor analysis. Psychometrika 32(4).
Henseler, J., Ringle, C. M. & Sarstedt, M. (2015). A new criterion for discriminant validity. JAMS 43(1).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.special import fdtri

from vitalfew.maths.arrays import Floats, Ints, floats
from vitalfew.maths.intervals import Interval

_LEAST_UNIQUENESS: Final = 0.005
_PAIR: Final = 2


def alpha(answers: Floats) -> float | None:
    """Cronbach's alpha, raw: ``k/(k-1) (1 - sum var_i / var_total)``.

    >>> round(alpha(np.array([[1.0, 2], [2, 2], [3, 5], [4, 4]])), 4)
    0.8675
    """
    k = answers.shape[1]
    if k < _PAIR or answers.shape[0] < _PAIR:
        return None
    total = float(answers.sum(axis=1).var(ddof=1))
    if total <= 0:
        return None
    return float(k / (k - 1) * (1 - answers.var(axis=0, ddof=1).sum() / total))


def alpha_standardised(correlations: Floats) -> float | None:
    """Alpha of the standardised questions: ``k r / (1 + (k-1) r)`` with ``r`` their mean correlation.

    >>> round(alpha_standardised(np.array([[1, 0.5], [0.5, 1]])), 4)
    0.6667
    """
    k = correlations.shape[0]
    if k < _PAIR or not np.isfinite(correlations).all():
        return None
    mean = (correlations.sum() - k) / (k * (k - 1))
    bottom = 1 + (k - 1) * mean
    return float(k * mean / bottom) if bottom > 0 else None


def alpha_interval(value: float, respondents: int, questions: int, confidence: float = 0.95) -> Interval | None:
    """Between which values the true alpha lies: ``1 - (1 - alpha) F``, with n - 1 and (n-1)(k-1) degrees of freedom.

    Holds for questions that measure equally well; ``None`` for one respondent or one question. Feldt 1965.

    >>> [round(end, 3) for end in alpha_interval(0.8, 50, 4)]
    [0.691, 0.877]
    """
    first, second = respondents - 1, (respondents - 1) * (questions - 1)
    if first < 1 or second < 1:
        return None
    tail = (1 - confidence) / 2
    return Interval(
        float(1 - (1 - value) * fdtri(first, second, 1 - tail)), float(1 - (1 - value) * fdtri(first, second, tail))
    )


def correlations_of(answers: Floats) -> Floats | None:
    """The questions' correlations; ``None`` where a question has no variance or fewer than three answered."""
    if answers.shape[0] <= _PAIR or (answers.std(axis=0) <= 0).any():
        return None
    return floats(np.atleast_2d(np.corrcoef(answers, rowvar=False)))


def one_factor(correlations: Floats) -> Floats | None:
    """The maximum-likelihood loadings of one common factor, their sum positive.

    Minimises ``ln|LL' + P| + tr(S (LL' + P)^-1)`` over the uniquenesses ``P`` (Jöreskog 1967). Two questions have no
    unique solution: both then load the root of their correlation. ``None`` for one question, or two that correlate negatively.

    >>> loadings = np.array([0.8, 0.7, 0.6])
    >>> one_factor(np.outer(loadings, loadings) + np.diag(1 - loadings**2)).round(4)
    array([0.8, 0.7, 0.6])
    """
    from scipy.optimize import minimize

    k = correlations.shape[0]
    if k < _PAIR:
        return None
    if k == _PAIR:
        r = float(correlations[0, 1])
        return np.full(2, np.sqrt(r)) if r >= 0 else None
    start = np.clip(0.8 * _uniqueness_at_most(correlations), 2 * _LEAST_UNIQUENESS, 1.0)
    found = minimize(
        _misfit,
        start,
        args=(correlations,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(_LEAST_UNIQUENESS, 1.0)] * k,
        options={"ftol": 1e-15, "gtol": 1e-10},
    )
    loadings = _loadings(floats(found.x), correlations)
    return loadings if loadings.sum() >= 0 else -loadings


def composite(loadings: Floats) -> float:
    """How much of the sum's variance is the factor's: ``(sum l)² / ((sum l)² + sum(1 - l²))``; omega, or rho C.

    >>> round(composite(np.array([0.8, 0.7, 0.6])), 4)
    0.7449
    """
    common = float(loadings.sum()) ** 2
    return common / (common + float((1 - loadings**2).sum()))


def extracted(loadings: Floats) -> float:
    """The average variance extracted, AVE: the mean squared loading. Fornell & Larcker 1981.

    >>> round(extracted(np.array([0.8, 0.7, 0.6])), 4)
    0.4967
    """
    return float((loadings**2).mean())


def htmt(correlations: Floats, first: Sequence[int] | Ints, second: Sequence[int] | Ints) -> float | None:
    """How far two sets of questions are from measuring two things: mean correlation across by the root of those within.

    The heterotrait-monotrait ratio; needs two questions a set, and sets that correlate within. Henseler et al. 2015.

    >>> round(htmt(np.array([[1, .5, .3, .3], [.5, 1, .3, .3], [.3, .3, 1, .5], [.3, .3, .5, 1]]), [0, 1], [2, 3]), 2)
    0.6
    """
    within = _mean_inside(correlations, first) * _mean_inside(correlations, second)
    if not within > 0:
        return None
    return float(np.abs(part(correlations, first, second)).mean() / np.sqrt(within))


def part(matrix: Floats, rows: Sequence[int] | Ints, columns: Sequence[int] | Ints) -> Floats:
    """The rows and columns of a matrix that belong to two sets of questions."""
    return floats(matrix[np.array(rows)[:, None], np.array(columns)[None, :]])


def _mean_inside(correlations: Floats, block: Sequence[int] | Ints) -> float:
    k = len(block)
    if k < _PAIR:
        return 0.0
    inside = np.abs(part(correlations, block, block))
    return float((inside.sum() - k) / (k * (k - 1)))


def _uniqueness_at_most(correlations: Floats) -> Floats:
    """One less the squared multiple correlation: what no other question explains."""
    return floats(1.0 / np.maximum(np.diag(np.linalg.pinv(correlations)), 1.0))


def _scaled(uniqueness: Floats, correlations: Floats) -> tuple[Floats, Floats]:
    root = 1.0 / np.sqrt(uniqueness)
    values, vectors = np.linalg.eigh(correlations * root[:, None] * root[None, :])
    return floats(values), floats(vectors)


def _misfit(uniqueness: Floats, correlations: Floats) -> tuple[float, Floats]:
    """The likelihood's misfit at the best loadings for these uniquenesses, and its slope."""
    values, vectors = _scaled(uniqueness, correlations)
    rest = np.maximum(values[:-1], 1e-12)
    misfit = float((rest - np.log(rest) - 1.0).sum())
    top = np.maximum(values[-1] - 1.0, 0.0) * vectors[:, -1] ** 2
    slope = (top * uniqueness + uniqueness - np.diag(correlations)) / uniqueness**2
    return misfit, floats(slope)


def _loadings(uniqueness: Floats, correlations: Floats) -> Floats:
    values, vectors = _scaled(uniqueness, correlations)
    return floats(np.sqrt(np.maximum(values[-1] - 1.0, 0.0)) * vectors[:, -1] * np.sqrt(uniqueness))
