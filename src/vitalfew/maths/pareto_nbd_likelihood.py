"""The likelihood of the Pareto/NBD model, with its first and second derivatives.

A customer that bought ``x`` times again, last at ``t_x``, and is known for ``T`` either lives on or left at some moment
``y`` between the two. With ``n = r + x``

    L = Γ(n)/Γ(r) alpha^r beta^s [ (alpha + T)^-n (beta + T)^-s + s ∫_{t_x}^{T} (alpha + y)^-n (beta + y)^-(s+1) dy ].

The integral, two hypergeometric functions in print, is taken by Gauss and Legendre on a scale on which its integrand
falls evenly. That keeps it right where the printed form loses its digits, needs no case for ``alpha < beta``, and the
derivatives come from the same points: they are moments of the moment of leaving, ``y``.

Schmittlein, D. C., Morrison, D. G. & Colombo, R. (1987). Counting your customers. Management Science 33(1), 1-24.
"""

from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats
from vitalfew.maths.histories import Histories, Rows
from vitalfew.maths.maximise import Point
from vitalfew.maths.pieces import add, in_logarithms, rise
from vitalfew.maths.quadrature import gauss_legendre

_NODES: Final = 16
_BLOCK: Final = 1_024
_REACH: Final = 30.0
"""Where the integrand has fallen by this power of e, nothing is left."""


class Shape(NamedTuple):
    """The four parameters."""

    r: float
    alpha: float
    s: float
    beta: float


NAMES: Final = ("r", "alpha", "s", "beta")


class Moments(NamedTuple):
    """When a customer may have left: the end of what was seen in the first row, moments before it in the others.

    ``weight`` is what each explains, ``buying = ln((alpha + y)/(alpha + t_x))`` and ``leaving`` the same with beta, all
    relative to ``(alpha + t_x)^-n (beta + t_x)^-s`` so that nothing overflows.
    """

    at: Floats
    weight: Floats
    buying: Floats
    leaving: Floats


def moments(shape: Shape, x: Floats, t_x: Floats, age: Floats) -> Moments:
    """The moments and their weights: rows of a matrix with a column for each customer."""
    n = shape.r + x
    nearer = min(shape.alpha, shape.beta) + t_x
    width = _width(shape, n, t_x, age, nearer)
    nodes, weights = np.array(gauss_legendre(_NODES)).T
    grown = np.exp(np.multiply.outer(nodes, width))
    at = np.concatenate([age[None], t_x + nearer * (grown - 1.0)])
    buying = np.log((shape.alpha + at) / (shape.alpha + t_x))
    leaving = np.log((shape.beta + at) / (shape.beta + t_x))
    weight = np.exp(-n * buying - shape.s * leaving)
    weight[1:] *= np.multiply.outer(shape.s * weights, width * nearer) * grown / (shape.beta + at[1:])
    return Moments(at, weight, buying, leaving)


def _width(shape: Shape, n: Floats, t_x: Floats, age: Floats, nearer: Floats) -> Floats:
    """How far to integrate on the logarithmic scale: all the way, or to where the integrand has fallen to nothing.

    The fall is convex in the width, so Newton's steps come down to it from above.
    """
    width = np.log1p((age - t_x) / nearer)
    steep = np.flatnonzero(_fall(shape, n, t_x, nearer, width)[0] > _REACH)
    if steep.size:
        n, t_x, nearer, shorter = n[steep], t_x[steep], nearer[steep], width[steep]
        for _ in range(4):
            fall, slope = _fall(shape, n, t_x, nearer, shorter)
            shorter = np.minimum(shorter, shorter - (fall - _REACH) / slope)
        width[steep] = shorter
    return width


def _fall(shape: Shape, n: Floats, t_x: Floats, nearer: Floats, width: Floats) -> tuple[Floats, Floats]:
    grown = nearer * np.exp(width)
    y = t_x + grown - nearer
    fall = n * np.log((shape.alpha + y) / (shape.alpha + t_x)) - width
    fall += (shape.s + 1.0) * np.log((shape.beta + y) / (shape.beta + t_x))
    return fall, grown * (n / (shape.alpha + y) + (shape.s + 1.0) / (shape.beta + y)) - 1.0


def mean_log_likelihood(known: Histories, place: Floats) -> Point:
    """The mean log-likelihood a customer and its derivatives in the parameters' logarithms."""
    shape = Shape(*np.exp(place).tolist())
    none = np.zeros(known.idle_age.size)
    total = _of_frequencies(known, shape)
    for rows in known.blocks(_BLOCK):
        total = add(total, _of_rows(rows, shape))
    return in_logarithms(
        add(total, _of_rows(Rows(none, none, known.idle_age, known.idle_weight), shape)), np.array(shape), known.n
    )


def _of_frequencies(known: Histories, shape: Shape) -> Point:
    """What depends on the number of purchases alone: ``ln Γ(n) - ln Γ(r) + r ln alpha + s ln beta``."""
    r, alpha, s, beta = shape
    n, value, first, second = known.n, *rise(r, known.frequencies, known.frequency_weight)
    gradient = np.array([first + n * np.log(alpha), n * r / alpha, n * np.log(beta), n * s / beta])
    hessian = np.zeros((4, 4))
    hessian[:2, :2] = [[second, n / alpha], [n / alpha, -n * r / alpha**2]]
    hessian[2:, 2:] = [[0.0, n / beta], [n / beta, -n * s / beta**2]]
    return Point(value + n * (r * np.log(alpha) + s * np.log(beta)), gradient, hessian)


def _of_rows(rows: Rows, shape: Shape) -> Point:
    """What depends on the times: the logarithm of a sum over moments, so means and spreads over the moments."""
    x, t_x, age, row_weight = rows
    n = shape.r + x
    at, weight, buying, leaving = moments(shape, x, t_x, age)
    together = weight.sum(axis=0)
    weight *= row_weight / together
    ends = np.array([shape.s, *[shape.s + 1.0] * _NODES])[:, None]
    by_alpha, by_beta = 1.0 / (shape.alpha + at), 1.0 / (shape.beta + at)
    pull = np.stack([-buying, -n * by_alpha, -leaving, -ends * by_beta])
    pull[2, 1:] += 1.0 / shape.s
    weighted = pull * weight
    mean = weighted.sum(axis=1)
    hessian = weighted.reshape(4, -1) @ pull.reshape(4, -1).T
    hessian -= (mean / np.where(row_weight > 0, row_weight, 1.0)) @ mean.T
    hessian += _bend(n, weight, np.stack([by_alpha, by_beta]), ends)
    hessian[2, 2] -= weight[1:].sum() / shape.s**2
    logs = np.log(shape.alpha + t_x), np.log(shape.beta + t_x)
    base = np.array([row_weight @ logs[0], 0.0, row_weight @ logs[1], 0.0])
    value = row_weight @ (np.log(together) - n * logs[0] - shape.s * logs[1])
    return Point(float(value), mean.sum(axis=1) - base, hessian)


def _bend(n: Floats, weight: Floats, inverse: Floats, ends: Floats) -> Floats:
    """The mean second derivatives of the moments' logarithms, but for that of ``ln s``."""
    hessian = np.zeros((4, 4))
    once = weight * inverse
    twice = once * inverse
    hessian[0, 1] = hessian[1, 0] = -once[0].sum()
    hessian[1, 1] = np.sum(n * twice[0])
    hessian[2, 3] = hessian[3, 2] = -once[1].sum()
    hessian[3, 3] = np.sum(ends * twice[1])
    return hessian
