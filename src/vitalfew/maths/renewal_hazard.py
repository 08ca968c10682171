"""How likely a contract is lost at its first, second … renewal, when some are at more risk than others.

``d_k`` contracts were lost at their k-th renewal, of those that came to it. A contract with ``r`` times the base risk
survives a renewal with the chance ``(1 - h_k)^r``. With ``R_k`` the sum of the risks of those that came to it, a lost
one counting (1 + r)/2,

    shifted beta-geometric   h_k = alpha/(alpha + beta + k - 1)                      largest  sum d_k ln h_k
    constant                 h = (sum d + 1/2)/(sum R + 1)                                     + (R_k - d_k) ln(1 - h_k)

which for ``r = 1`` is the likelihood of `sbg`. The constant is used unless the other's log-likelihood is better by more
than half the logarithm of the losses. ``error`` is the standard error of how ``ln -ln(1 - h_k)`` lies to its mean over the
losses: what is unsure of the shape, the level aside.

    369, 163, 86, 56, 37, 27, 21 lost of 1000, 631, 468 …   →   alpha .704, beta 1.182, h_1 .373, h_8 .079

Fader, P. S. & Hardie, B. G. S. (2007). How to project customer retention. J. of Interactive Marketing 21(1). Prentice,
R. L. & Gloeckler, L. A. (1978). Regression analysis of grouped survival data. Biometrics 34(1). Raftery, A. E. (1995).
Bayesian model selection in social research. Sociological Methodology 25 (BIC).
"""

from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.maximise import Box, Point, maximise
from vitalfew.maths.pieces import in_logarithms

_WIDE: Final = 9.0
_STARTS: Final = ((1.0, 1.0), (0.3, 3.0), (3.0, 9.0))


class Renewals(NamedTuple):
    """One entry a contract: which renewals were watched, and whether the last of them was its loss.

    ``first`` renewals had passed unwatched, ``seen`` by the last one, ``due`` would be by now if none were lost.
    """

    first: Ints
    seen: Ints
    due: Ints
    lost: Bools

    def of(self, some: Bools | Ints) -> "Renewals":
        return Renewals(self.first[some], self.seen[some], self.due[some], self.lost[some])


class Base(NamedTuple):
    """``-ln(1 - h_k)`` for the first, second … renewal, the error of its shape, and what tells it."""

    hazard: Floats
    error: Floats
    alpha: float | None
    beta: float | None

    def between(self, first: Ints, last: Ints) -> Floats:
        """The hazards of the renewals after ``first`` up to ``last`` together."""
        total = np.concatenate([[0.0], np.cumsum(self.hazard)])
        return np.asarray(total[last] - total[np.minimum(first, last)])

    def at(self, renewal: Ints) -> Floats:
        return np.asarray(self.hazard[renewal - 1])


def base(watched: Renewals, risk: Floats, length: int) -> Base:
    """The base hazard of the first ``length`` renewals, at least as many as were seen.

    >>> left = -np.diff([1000, 631, 468, 382, 326, 289, 262, 241, 0])
    >>> seen, lost = np.repeat([1, 2, 3, 4, 5, 6, 7, 7], left), np.repeat([True, False], [759, 241])
    >>> found = base(Renewals(0 * seen, seen, seen, lost), np.ones(1000), 8)
    >>> round(found.alpha, 3), round(found.beta, 3), (1 - np.exp(-found.hazard[[0, 7]])).round(3).tolist()
    (0.704, 1.182, [0.373, 0.079])
    """
    lost, at_risk = counts(watched, risk, length)
    rate = (lost.sum() + 0.5) / (at_risk.sum() + 1)
    constant = Base(np.full(length, -np.log1p(-min(rate, 0.99))), np.zeros(length), None, None)
    if np.count_nonzero(lost) <= 1:
        return constant
    optimum = maximise(
        lambda place: _mean_log_likelihood(lost, at_risk, place),
        [np.log(start) for start in _STARTS],
        Box(np.full(2, -_WIDE), np.full(2, _WIDE)),
    )
    gain = optimum.point.value * at_risk.sum() - _log_likelihood(constant.hazard, lost, at_risk)
    if not optimum.clean or gain <= np.log(lost.sum()) / 2:
        return constant
    alpha, beta = np.exp(optimum.place).tolist()
    hazard = np.log1p(alpha / (beta + np.arange(length)))
    covariance = np.linalg.pinv(-optimum.point.hessian * at_risk.sum())
    return Base(hazard, _shape_error(alpha, beta, hazard, lost, covariance), alpha, beta)


def counts(watched: Renewals, risk: Floats, length: int) -> tuple[Floats, Floats]:
    """Losses at each renewal, and the risks of those that came to it."""
    weight = np.where(watched.lost, (1 + risk) / 2, risk)
    lost = np.bincount(watched.seen[watched.lost] - 1, minlength=length).astype(np.float64)
    before = watched.lost & (watched.seen - 1 > watched.first)
    change = np.zeros(length + 1)
    watch = watched.seen > watched.first
    np.add.at(change, watched.first[watch], weight[watch])
    np.add.at(change, watched.seen[watch], -weight[watch])
    np.add.at(change, watched.first[before], (risk - weight)[before])
    np.add.at(change, watched.seen[before] - 1, (weight - risk)[before])
    return lost, np.maximum(np.cumsum(change)[:length], lost * 1e-9)


def _log_likelihood(hazard: Floats, lost: Floats, at_risk: Floats) -> float:
    """``sum d ln h + (R - d) ln(1 - h)``."""
    return float(lost @ np.log(np.expm1(hazard)) - at_risk @ hazard)


def _mean_log_likelihood(lost: Floats, at_risk: Floats, place: Floats) -> Point:
    """The same by ``ln alpha`` and ``ln beta``, a contract at risk."""
    alpha, beta = np.exp(place).tolist()
    k = np.arange(lost.size)
    whole, rest = 1 / (alpha + beta + k), 1 / (beta + k)
    value = _log_likelihood(np.log1p(alpha * rest), lost, at_risk)
    kept = float((at_risk - lost) @ rest)
    by_sum, bend = float(at_risk @ whole), float(at_risk @ whole**2)
    gradient = np.array([lost.sum() / alpha - by_sum, kept - by_sum])
    curve = float((at_risk - lost) @ rest**2)
    hessian = np.array([[-lost.sum() / alpha**2 + bend, bend], [bend, bend - curve]])
    return in_logarithms(Point(value, gradient, hessian), np.array([alpha, beta]), float(at_risk.sum()))


def _shape_error(alpha: float, beta: float, hazard: Floats, lost: Floats, covariance: Floats) -> Floats:
    k = np.arange(hazard.size)
    by = np.array([alpha / (alpha + beta + k), -alpha * beta / ((beta + k) * (alpha + beta + k))]) / hazard
    by -= (by @ lost / lost.sum())[:, None]
    return np.asarray(np.sqrt(np.maximum(np.einsum("ik,ij,jk->k", by, covariance, by), 0.0)))
