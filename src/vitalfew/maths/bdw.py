"""How long customers under contract stay, when their own risk rises or falls with time too: beta-discrete-Weibull.

As in `sbg` customers differ in how likely they are not to renew, beta(alpha, beta) over the customers; beside that each one's
own risk depends on how often it has renewed: it rises with time where ``c`` is above 1, falls below 1, and is that of `sbg` at 1.

    S(t) = B(alpha, beta + t^c)/B(alpha, beta)          r_t = S(t)/S(t - 1)
    ln L = sum over renewals of  lost ln(1 - r_t) + (at risk - lost) ln r_t

    100, 86.9, 74.3, 65.3, 59.3 % left after 0 … 4 renewals   →   alpha .259, beta 1.723, c 1.584; 54.7 % after 5

So few renewals seldom tell the two reasons apart: the simpler model stands unless this one's BIC is lower by more than 6.

Fader, P. S., Hardie, B. G. S., Liu, Y., Davin, J. & Steenburgh, T. (2018). "How to project customer retention" revisited: the
role of duration dependence. J. of Interactive Marketing 43, 1-16.
"""

from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, gammaln, psi, zeta

from vitalfew.maths.arrays import Floats, floats
from vitalfew.maths.fits import Fit, Model, Note, fitted, values
from vitalfew.maths.maximise import Box, Point, maximise
from vitalfew.maths.pieces import in_logarithms

NAMES: Final = ("alpha", "beta", "c")
_STARTS: Final = ((1.0, 1.0, 1.0), (0.3, 3.0, 1.5), (3.0, 9.0, 0.7))
_WIDE: Final = 9.0
_STEEPEST: Final = 2.0
_SURELY: Final = 1e-12
_LEFT: Final = 1e-10


def fit(lost: Floats, at_risk: Floats) -> Fit:
    """The parameters under which so many are lost at their first, second … renewal, of those that came to it.

    Two renewals with a loss are needed to tell alpha from beta and three for ``c``; what is not determined ``notes`` tells.
    Refused (``ValueError``): lists of different length, more lost than at risk, nobody at risk.

    >>> left = np.array([100, 86.9, 74.3, 65.3, 59.3])
    >>> found = fit(-np.diff(left), left[:-1])
    >>> [round(each, 3) for each in found.parameters.values()], round(found.log_likelihood, 3)
    ([0.259, 1.723, 1.584], -122.275)
    """
    return _fitted(lost, at_risk, NAMES)


def fit_even(lost: Floats, at_risk: Floats) -> Fit:
    """The same with ``c = 1``: the shifted beta-geometric from renewals not all of which were watched from the first on.

    >>> left = np.array([1000.0, 631, 468, 382, 326, 289, 262, 241])
    >>> [round(each, 3) for each in fit_even(-np.diff(left), left[:-1]).parameters.values()]
    [0.704, 1.182]
    """
    return _fitted(lost, at_risk, NAMES[:2])


def survival(model: Model, t: ArrayLike) -> Floats:
    """What share is left after ``t`` renewals.

    >>> survival({"alpha": 0.25934, "beta": 1.72256, "c": 1.58435}, [1, 4, 10]).round(4).tolist()
    [0.8691, 0.5929, 0.4182]
    """
    alpha, beta, c = values(model, NAMES)
    return np.asarray(np.exp(betaln(alpha, beta + np.asarray(t, dtype=np.float64) ** c) - betaln(alpha, beta)))


def discounted_residual_lifetime(model: Model, n: ArrayLike, rate: float) -> Floats:
    """How many payments a customer in its n-th period will still make, the next being due now, each discounted.

    ``sum_t S(n + t)/S(n - 1) (1 + rate)^-t``, ``t`` = 0, 1, 2 …, to where nothing is left of a payment. Refused
    (``ValueError``) is a rate not above 0.

    >>> even = {"alpha": 0.704, "beta": 1.182, "c": 1.0}
    >>> discounted_residual_lifetime(even, [1, 2, 3, 5], 0.1).round(4).tolist()  # as `sbg` has it
    [2.9647, 4.1035, 4.8701, 5.8944]
    """
    if not rate > 0:
        raise ValueError("a discount rate is above 0")
    period, place = np.unique(np.asarray(n, dtype=np.float64), return_inverse=True)
    ahead = np.arange(int(np.ceil(-np.log(_LEFT) / np.log1p(rate))))
    reached = survival(model, period[:, None] + ahead) / survival(model, period[:, None] - 1)
    return np.asarray((reached @ (1.0 + rate) ** -ahead)[place])


def _fitted(lost: Floats, at_risk: Floats, names: tuple[str, ...]) -> Fit:
    started = perf_counter()
    gone, there = _checked(lost, at_risk)
    free = len(names)
    wide = np.array([_WIDE, _WIDE, _STEEPEST])[:free]
    optimum = maximise(
        lambda place: mean_log_likelihood(gone, there, place),
        [np.log(start[:free]) for start in _STARTS],
        Box(-wide, wide),
    )
    notes = () if gone.sum() > 0 else (Note.NO_LOSSES,)
    return fitted(optimum, names, float(there.sum()), perf_counter() - started, *notes)


def _checked(lost: Floats, at_risk: Floats) -> tuple[Floats, Floats]:
    gone, there = floats(lost), floats(at_risk)
    if gone.shape != there.shape or gone.ndim != 1 or not np.isfinite(there.sum() + gone.sum()):
        raise ValueError("losses and those at risk are two lists of finite counts of one length")
    if gone.min(initial=0.0) < 0 or (gone > there).any() or not there.sum() > 0:
        raise ValueError("somebody is at risk, and no more are lost than are at risk")
    return gone, there


def mean_log_likelihood(lost: Floats, at_risk: Floats, place: Floats) -> Point:
    """The log-likelihood a renewal and its derivatives in the parameters' logarithms; ``c`` is 1 where it is not given."""
    free = place.size
    alpha, beta, c = np.exp(np.append(place, np.zeros(3 - free))).tolist()
    until = np.arange(lost.size + 1.0)
    value, gradient, hessian = _log_survival(alpha, beta, c, until)
    stays, by, bend = (np.diff(each, axis=0) for each in (value, gradient, hessian))
    chance = np.maximum(-np.expm1(stays), _SURELY)
    odds, kept = (1.0 - chance) / chance, at_risk - lost
    total = float(lost @ np.log(chance) + kept @ stays)
    slope = (kept - lost * odds)[:, None] * by
    curve = (kept - lost * odds)[:, None, None] * bend
    curve -= (lost * odds / chance)[:, None, None] * by[:, :, None] * by[:, None, :]
    point = Point(total, slope.sum(axis=0)[:free], curve.sum(axis=0)[:free, :free])
    return in_logarithms(point, np.array([alpha, beta, c])[:free], float(at_risk.sum()))


def _log_survival(alpha: float, beta: float, c: float, t: Floats) -> tuple[Floats, Floats, Floats]:
    """``ln S(t)`` with its first and second derivatives by alpha, beta and c: a row for each ``t``."""
    u, log = t**c, np.log(np.maximum(t, 1.0))
    both, base = alpha + beta + u, beta + u
    value = gammaln(alpha + beta) - gammaln(beta) + gammaln(base) - gammaln(both)
    by_u, bend_u = psi(base) - psi(both), zeta(2.0, base) - zeta(2.0, both)
    by_alpha = psi(alpha + beta) - psi(both)
    by_beta = by_alpha - psi(beta) + psi(base)
    by_c = u * log
    first = np.stack([by_alpha, by_beta, by_u * by_c], axis=1)
    aa = zeta(2.0, alpha + beta) - zeta(2.0, both)
    ac, bc = -zeta(2.0, both) * by_c, bend_u * by_c
    bb, cc = aa - zeta(2.0, beta) + zeta(2.0, base), bend_u * by_c**2 + by_u * by_c * log
    second = np.stack([aa, aa, ac, aa, bb, bc, ac, bc, cc], axis=1).reshape(-1, 3, 3)
    return value, first, second
