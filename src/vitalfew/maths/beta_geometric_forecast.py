"""What the beta-geometric models say of one customer after the other; `bg_nbd` and `mbg_nbd` explain the figures."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, gammaln

from vitalfew.maths.arrays import Floats, in_blocks, of_distinct_pairs
from vitalfew.maths.beta_geometric import NAMES, Kind, Shape
from vitalfew.maths.dropping_out import purchases_before_leaving
from vitalfew.maths.fits import Model, values
from vitalfew.maths.histories import Seen
from vitalfew.maths.quadrature import gauss_legendre


def shape_of(model: Model) -> Shape:
    """The four parameters of a fit or a mapping."""
    return Shape(*values(model, NAMES))


def phases(n: Floats, share: Floats, k: int) -> list[Floats]:
    """How much each count of phases passed since the last purchase explains: ``Γ(n + j)/(Γ(n) j!) share^j``, j < k."""
    terms = [np.ones(np.shape(n))]
    for j in range(k - 1):
        terms.append(terms[-1] * share * (n + j) / (j + 1))
    return terms


def log_likelihood_each(shape: Shape, kind: Kind, seen: Seen) -> Floats:
    """The log-likelihood of each customer, without what depends on the data alone."""
    r, alpha, a, b = shape

    def block(x: Floats, t_x: Floats, age: Floats) -> Floats:
        n = r + kind.k * x
        counted = gammaln(n) - gammaln(r) - x * gammaln(kind.k) + betaln(a, b + x + kind.early) - betaln(a, b)
        stayed, leaving = _staying_and_leaving(shape, kind, x, t_x, age)
        with np.errstate(divide="ignore"):
            either = np.logaddexp(stayed, np.log(leaving))
        return np.asarray(counted + r * np.log(alpha) - n * np.log(alpha + t_x) + either)

    return in_blocks(block, *seen)


def p_alive(shape: Shape, kind: Kind, seen: Seen) -> Floats:
    """The probability that each customer has not left."""

    def block(x: Floats, t_x: Floats, age: Floats) -> Floats:
        odds, leaving = _staying_and_leaving(shape, kind, x, t_x, age)
        np.exp(np.negative(odds, out=odds), out=odds)
        odds *= leaving
        odds += 1.0
        return np.reciprocal(odds, out=odds)

    with np.errstate(over="ignore"):
        return in_blocks(block, *seen)


def expected_purchases(shape: Shape, early: int, t: float, seen: Seen) -> Floats:
    """The expected number of purchases in the next ``t``."""
    found = of_distinct_pairs(lambda x, age: _if_alive(shape, early, t, x, age), seen.x, seen.age)
    return found * p_alive(shape, Kind(1, early), seen)


def expected_new(shape: Shape, early: int, t: ArrayLike) -> Floats:
    """The expected number of repeat purchases of a new customer in its first ``t``."""
    none = np.zeros(np.shape(t))
    return p_alive(shape, Kind(1, early), Seen(none, none, none)) * _if_alive(
        shape, early, np.asarray(t, float), none, none
    )


def discounted_purchases(shape: Shape, early: int, seen: Seen, horizon: float, rate: float) -> Floats:
    """The purchases expected up to ``horizon``, each discounted at the continuous ``rate``."""
    if not 0 < horizon < np.inf or not rate >= 0:
        raise ValueError("the horizon is finite and above 0, the discount rate not negative")
    found = of_distinct_pairs(
        lambda x, age: _discounted(shape, early, Seen(x, x, age), horizon, rate), seen.x, seen.age
    )
    return found * p_alive(shape, Kind(1, early), seen)


def _staying_and_leaving(shape: Shape, kind: Kind, x: Floats, t_x: Floats, age: Floats) -> tuple[Floats, Floats]:
    """What staying explains, its logarithm, and what leaving at ``t_x`` does; nobody leaves at a purchase not made."""
    r, alpha, a, b = shape
    late = alpha + age
    stayed = np.log((alpha + t_x) / late)
    n = r + kind.k * x
    stayed *= n
    if kind.k > 1:
        stayed += np.log(np.sum(phases(n, (age - t_x) / late, kind.k), axis=0))
    if kind.early:
        return stayed, a / (x + b)
    return stayed, np.where(x > 0, a / np.maximum(x + (b - 1.0), np.finfo(float).tiny), 0.0)


def _if_alive(shape: Shape, early: int, t: float | Floats, x: Floats, age: Floats) -> Floats:
    return purchases_before_leaving(shape.r + x, t / (shape.alpha + age), shape.a, shape.b + x + early)


def _discounted(shape: Shape, early: int, seen: Seen, horizon: float, rate: float) -> Floats:
    """By parts, ``exp(-δH) Y(H) + δ ∫ exp(-δt) Y(t) dt``, on a scale where time grows with the age."""
    late = shape.alpha + seen.age
    total = np.exp(-rate * horizon) * _if_alive(shape, early, horizon, seen.x, seen.age)
    longest = np.log1p(horizon / late)
    for node, weight in gauss_legendre(32):
        t = np.expm1(node * longest) * late
        stretch = weight * longest * (t + late)
        total += rate * np.exp(-rate * t) * stretch * _if_alive(shape, early, t, seen.x, seen.age)
    return np.asarray(total)
