"""How many purchases come before a customer drops out, when it may do so after each of them."""

from typing import Final

import numpy as np
from scipy.special import betaln, hyp2f1

from vitalfew.maths.arrays import Floats

_TOO_CLOSE: Final = 1e-3
_STEPS: Final = 240


def purchases_before_leaving(n: Floats, ratio: Floats, a: float, b: Floats) -> Floats:
    """How many purchases a customer makes in a time, if it is still there at its beginning.

    It buys at a rate that is gamma(n, 1) per unit of ``1/ratio`` and leaves after each purchase with probability
    beta(a, b): ``J = E[(1 - (1 + ratio p)^-n)/p]`` with ``p`` ~ beta(a, b). In closed form, ``z = ratio/(1 + ratio)``,

        J = (a + b - 1)/(a - 1) [1 - (1 - z)^(a-1) 2F1(a - 1, a + b - 1 - n; a + b - 1; z)],

    the Euler transform of the formula of Fader, Hardie & Lee (2005, eq. 10); where ``a - 1 > n`` their own form keeps
    its factors small. At ``a = 1`` the formula is 0/0, and the integral is taken in its stead.

    >>> float(purchases_before_leaving(np.array(1.0), np.array(1.0), 1.0, np.array(1.0)).round(6))  # ln 2
    0.693147
    """
    n, ratio, b = np.broadcast_arrays(n, ratio, b)
    if abs(a - 1.0) < _TOO_CLOSE:
        return _integral(n, ratio, a, b)
    top, z = a + b - 1.0, ratio / (1.0 + ratio)
    with np.errstate(all="ignore"):
        own = np.exp(-n * np.log1p(ratio)) * hyp2f1(n, b, top, z)
        other = np.exp((1.0 - a) * np.log1p(ratio)) * hyp2f1(a - 1.0, top - n, top, z)
        found = np.asarray(top / (a - 1.0) * (1.0 - np.where(a - 1.0 > n, own, other)))
    lost = ~np.isfinite(found)
    if lost.any():
        found[lost] = _integral(n[lost], ratio[lost], a, b[lost])
    return found


def _integral(n: Floats, ratio: Floats, a: float, b: Floats) -> Floats:
    """The mean over ``p`` by the double exponential rule in its logit: slower, and right everywhere."""
    centre, scale = np.log(a / b), np.minimum(np.sqrt(1.0 / a + 1.0 / b), 1.0)
    reach = np.arcsinh(40.0 / np.minimum(np.minimum(a, b), 1.0) / scale + 40.0)
    total = np.zeros(np.shape(n))
    for step in np.linspace(-1.0, 1.0, 2 * _STEPS + 1):
        logit = centre + scale * np.sinh(step * reach)
        p_log, q_log = -np.logaddexp(0.0, -logit), -np.logaddexp(0.0, logit)
        density = np.exp(a * p_log + b * q_log - betaln(a, b)) * scale * np.cosh(step * reach) * reach / _STEPS
        total += density * _bought(n, ratio, p_log)
    return total


def _bought(n: Floats, ratio: Floats, p_log: Floats) -> Floats:
    p = np.exp(np.maximum(p_log, -600.0))
    return np.asarray(-np.expm1(-n * np.log1p(ratio * p)) / p)
