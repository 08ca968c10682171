"""How long customers under contract stay, when they differ in how likely they are not to renew: shifted beta-geometric.

At each renewal a customer leaves with its own probability, beta(alpha, beta) over the customers. Those likely to leave
go first, so the share that renews rises from year to year though nobody becomes more loyal. Functions take a `Fit` or a
mapping of ``alpha beta``.

    1000, 631, 468, 382, 326, 289, 262, 241 left after 0 … 7 renewals   →   alpha .704, beta 1.182; 22.0 % after 8

Fader, P. S. & Hardie, B. G. S. (2007). How to project customer retention. J. of Interactive Marketing 21(1), 76-90.
Fader, P. S. & Hardie, B. G. S. (2010). Customer-base valuation in a contractual setting. Marketing Science 29(1).
"""

from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, hyp2f1

from vitalfew.maths.arrays import Floats, floats
from vitalfew.maths.fits import Fit, Model, Note, fitted, values
from vitalfew.maths.maximise import Box, Point, maximise
from vitalfew.maths.pieces import in_logarithms, rise

NAMES: Final = ("alpha", "beta")

_SURELY: Final = 0.95
_STARTS: Final = ((1.0, 1.0), (0.3, 1.0), (3.0, 9.0), (0.1, 0.1))


def fit(survivors: Floats) -> Fit:
    """The parameters under which a cohort would shrink as it did; ``survivors`` are left after 0, 1, 2 … renewals.

    Refused (``ValueError``): fewer than two numbers, an increase, nobody at the start.

    >>> found = fit(np.array([1000.0, 631, 468, 382, 326, 289, 262, 241]))
    >>> round(found.parameters["alpha"], 3), round(found.parameters["beta"], 3), round(found.log_likelihood, 2)
    (0.704, 1.182, -1680.27)
    """
    alive = floats(survivors)
    if alive.size < 2 or not alive[0] > 0 or alive[-1] < 0 or not (np.diff(alive) <= 0).all():  # noqa: PLR2004 -- one loss
        raise ValueError("survivors start above 0 and never increase")
    still = np.zeros(alive.size - 1)
    still[-1] = alive[-1]
    return fit_counts(-np.diff(alive), still)


def fit_counts(lost: Floats, still: Floats) -> Fit:
    """The same from several cohorts together: ``lost`` at their first, second … renewal, ``still`` there after it.

    A customer counts once: lost at a renewal, or still there when last seen. ``LL = sum_t lost_t ln P(T = t) + still_t
    ln S(t)``. Without a loss nothing can be estimated, which ``notes`` tells. Refused (``ValueError``): arrays of
    different length, negative or infinite counts, nobody at all.
    """
    started = perf_counter()
    gone, here = floats(lost), floats(still)
    if gone.shape != here.shape or gone.ndim != 1 or not np.isfinite(n := float(gone.sum() + here.sum())):
        raise ValueError("losses and those still there are two lists of finite counts of one length")
    if min(gone.min(initial=0.0), here.min(initial=0.0)) < 0 or n <= 0:
        raise ValueError("counts are not negative, and somebody is there")
    box = Box(np.full(2, -9.0), np.full(2, 9.0))
    starts = [np.log(start) for start in _STARTS]
    optimum = maximise(lambda place: _mean_log_likelihood(gone, here, place), starts, box)
    notes = () if gone.sum() > 0 else (Note.NO_LOSSES,)
    return fitted(optimum, NAMES, n, perf_counter() - started, *notes)


def survival(model: Model, t: ArrayLike) -> Floats:
    """What share is left after ``t`` renewals: ``B(alpha, beta + t)/B(alpha, beta)`` (2007).

    >>> survival({"alpha": 0.704, "beta": 1.182}, [8, 9, 10, 11, 12]).round(4).tolist()
    [0.2201, 0.2044, 0.1912, 0.1799, 0.1701]
    """
    alpha, beta = values(model, NAMES)
    return np.asarray(np.exp(betaln(alpha, beta + np.asarray(t, dtype=np.float64)) - betaln(alpha, beta)))


def retention(model: Model, t: ArrayLike) -> Floats:
    """What share of those who may renew for the t-th time does: ``(beta + t - 1)/(alpha + beta + t - 1)``.

    >>> retention({"alpha": 0.704, "beta": 1.182}, [1, 2, 7]).round(3).tolist()
    [0.627, 0.756, 0.911]
    """
    alpha, beta = values(model, NAMES)
    before = np.asarray(t, dtype=np.float64) - 1.0
    return np.asarray((beta + before) / (alpha + beta + before))


def discounted_lifetime(model: Model, rate: float) -> float:
    """How many payments a new customer makes, the first now, each discounted: DEL, ``sum_t S(t)/(1 + rate)^t``.

    ``2F1(1, beta; alpha + beta; 1/(1 + rate))``. Refused (``ValueError``) is a rate not above 0.

    >>> round(discounted_lifetime({"alpha": 0.704, "beta": 1.182}, 0.1), 4)
    3.6951
    """
    alpha, beta = values(model, NAMES)
    return float(_series(alpha, np.array(beta), rate))


def discounted_residual_lifetime(model: Model, n: ArrayLike, rate: float) -> Floats:
    """How many payments a customer in its n-th period will still make, the next being due now: DERL.

    ``(beta + n - 1)/(alpha + beta + n - 1) 2F1(1, beta + n; alpha + beta + n; 1/(1 + rate))``: whether it
    renews at all is still open. One retention rate for all undervalues those who stayed long.

    >>> discounted_residual_lifetime({"alpha": 0.704, "beta": 1.182}, [1, 2, 3, 5], 0.1).round(4).tolist()
    [2.9647, 4.1035, 4.8701, 5.8944]
    """
    alpha, beta = values(model, NAMES)
    period = np.asarray(n, dtype=np.float64)
    return retention(model, period) * _series(alpha, beta + period, rate)


def payments_until(
    model: Model, n: ArrayLike, due: ArrayLike, horizon: float, rate: float
) -> tuple[Floats, Floats, Floats]:
    """How many yearly payments a customer in its n-th year makes within ``horizon`` years, each discounted; and 90 % of it.

    The next is due in ``due`` years if it renews: ``sum_j S(n - 1 + j)/S(n - 1) (1 + rate)^-(due + j - 1)``. The range
    is that of the discounted number of payments, left at its 5 % and 95 % points.

    >>> model = {"alpha": 0.704, "beta": 1.182}
    >>> [float(each.round(3)) for each in payments_until(model, 2, 0.0, 2.0, 0.1)]
    [1.757, 0.0, 2.736]
    """
    year, first = np.asarray(n, dtype=np.float64), np.asarray(due, dtype=np.float64)
    expected, low, high = np.zeros((3, *np.broadcast_shapes(year.shape, first.shape)))
    for step in range(int(np.ceil(horizon)) + 1):
        when = first + step
        reached = survival(model, year + step) / survival(model, year - 1)
        worth = np.where(when <= horizon, (1.0 + rate) ** -when, 0.0)
        expected += reached * worth
        low += np.where(reached >= _SURELY, worth, 0.0)
        high += np.where(reached > 1 - _SURELY, worth, 0.0)
    return expected, low, high


def _series(alpha: float, beta: Floats, rate: float) -> Floats:
    if not rate > 0:
        raise ValueError("a discount rate is above 0")
    return np.asarray(hyp2f1(1.0, beta, alpha + beta, 1.0 / (1.0 + rate)))


def _mean_log_likelihood(lost: Floats, still: Floats, place: Floats) -> Point:
    """``ln P(T = t) = ln alpha + ln Γ(beta + t - 1)/Γ(beta) - ln Γ(alpha + beta + t)/Γ(alpha + beta)``, ``S`` alike."""
    alpha, beta = np.exp(place).tolist()
    renewal, gone = np.arange(1.0, lost.size + 1.0), float(lost.sum())
    renewed = np.concatenate([renewal - 1.0, renewal]), np.concatenate([lost, still])
    up = np.array(rise(beta, *renewed))
    down = np.array(rise(alpha + beta, renewal, lost + still))
    value, by_beta, bend = up - down
    gradient = np.array([gone / alpha - down[1], by_beta])
    hessian = np.array([[-gone / alpha**2 - down[2], -down[2]], [-down[2], bend]])
    total = Point(float(value + gone * np.log(alpha)), gradient, hessian)
    return in_logarithms(total, np.array([alpha, beta]), float(lost.sum() + still.sum()))
