"""Finding the highest point of a smooth function of a few variables, exactly and always in the same way.

Newton's method inside a box: directions in which the function does not curve down are turned into ascents, steps are
limited and halved until they climb. Nocedal, J. & Wright, S. J. (2006). Numerical Optimization, 2nd ed., sections 3.4
and 16.7.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats

_ITERATIONS: Final = 100
_HALVINGS: Final = 30
_LONGEST_STEP: Final = 2.0
_NEAR: Final = 1e-3
"""So close to the box's side a variable is held to be at it, if the function climbs outward."""
_SMALLEST_GAIN: Final = 1e-13
_SMALL_GRADIENT: Final = 1e-8
_LARGEST_NOISE: Final = 1e-7
"""Where a step gains nothing, a gradient below it is rounding: sums over long spans keep no more digits."""
_ROUNDING: Final = 1e-12
_SAME: Final = 1e-9
"""Two climbs that end so close in height are held to have found the same top."""
_FLATTEST: Final = 1e-9
"""Curvature below this part of the largest is held to be none."""


class Point(NamedTuple):
    """What a function says at one place: its value, its gradient, its matrix of second derivatives."""

    value: float
    gradient: Floats
    hessian: Floats


class Box(NamedTuple):
    """The lowest and the highest each variable may be."""

    low: Floats
    high: Floats


@dataclass(frozen=True)
class Optimum:
    """The best place found; ``bound`` marks the variables that ran into the box, ``clean`` a true inner maximum."""

    place: Floats
    point: Point
    bound: Bools
    iterations: int
    converged: bool

    @property
    def clean(self) -> bool:
        """Whether the gradient is nil, no variable is at its bound and the function curves down in all directions."""
        return self.converged and not self.bound.any() and bool(np.linalg.eigvalsh(self.point.hessian)[-1] < 0)


def maximise(
    function: Callable[[Floats], Point],
    starts: Sequence[Floats],
    box: Box,
    tolerance: float = 1e-10,
    last_step: float = 0.0,
) -> Optimum:
    """Where in the box the function is highest, climbing from start after start until one is clean or two agree.

    The function should be of size about one, as a mean over customers is; it ends when no free component of the
    gradient is larger than ``tolerance``, or when nothing more can be gained. A Newton step shorter than ``last_step``
    is taken without looking again: what it leaves undone is of the order of its square. The same input gives the same
    answer.

    >>> one = np.ones(1)
    >>> peak = maximise(lambda v: Point(-float(v @ v), -2 * v, -2 * np.eye(1)), [one], Box(-one, one))
    >>> float(peak.place[0]), peak.clean
    (0.0, True)
    """
    best: Optimum | None = None
    iterations = 0
    for start in starts:
        found = _climb(function, start, box, tolerance, last_step)
        iterations += found.iterations
        agreed = best is not None and _as_high(found, best)
        if best is None or _better(found, best):
            best = found
        if found.clean or agreed:
            break
    if best is None:
        raise ValueError("no start was given")
    return Optimum(best.place, best.point, best.bound, iterations, best.converged)


def _as_high(one: Optimum, other: Optimum) -> bool:
    return abs(one.point.value - other.point.value) <= _SAME * max(1.0, abs(other.point.value))


def _better(one: Optimum, other: Optimum) -> bool:
    return one.point.value > other.point.value + 1e-12 * abs(other.point.value) or (one.clean and not other.clean)


def _climb(function: Callable[[Floats], Point], start: Floats, box: Box, tolerance: float, last_step: float) -> Optimum:
    place = np.clip(start, box.low, box.high)
    point = function(place)
    for iteration in range(_ITERATIONS):
        bound = _bound(place, point.gradient, box)
        steepest = np.abs(point.gradient[~bound]).max(initial=0.0)
        if steepest <= tolerance:
            return Optimum(place, point, bound, iteration, converged=True)
        step = _step(point, ~bound)
        gain = float(point.gradient @ step)
        no_more = gain <= _SMALLEST_GAIN * max(1.0, abs(point.value))
        if no_more and steepest < _SMALL_GRADIENT:
            return Optimum(place, point, bound, iteration, converged=True)
        if np.abs(step).max() < last_step and not bound.any() and np.linalg.eigvalsh(point.hessian)[-1] < 0:
            there = Point(point.value + gain / 2, point.gradient + point.hessian @ step, point.hessian)
            return Optimum(place + step, there, bound, iteration + 1, converged=True)
        higher = _search(function, place, point, step, box)
        still = steepest < _LARGEST_NOISE
        if higher is None or (no_more and still and higher[1].value == point.value):
            return Optimum(place, point, bound, iteration, converged=bool(still))
        place, point = higher
    return Optimum(place, point, _bound(place, point.gradient, box), _ITERATIONS, converged=False)


def _bound(place: Floats, gradient: Floats, box: Box) -> Bools:
    at_low, at_high = place <= box.low + _NEAR, place >= box.high - _NEAR
    return np.asarray((at_low & (gradient <= 0)) | (at_high & (gradient >= 0)))


def _step(point: Point, free: Bools) -> Floats:
    """Newton's step in the free variables, each curvature taken downward, and no longer than the limit."""
    curvature, directions = np.linalg.eigh(-point.hessian[np.ix_(free, free)])
    size = np.maximum(np.abs(curvature), _FLATTEST * np.abs(curvature).max())
    step = np.zeros(free.size)
    step[free] = directions @ ((directions.T @ point.gradient[free]) / np.maximum(size, np.finfo(float).tiny))
    longest = np.abs(step).max()
    return np.asarray(step * (_LONGEST_STEP / longest) if longest > _LONGEST_STEP else step)


def _search(
    function: Callable[[Floats], Point], place: Floats, point: Point, step: Floats, box: Box
) -> tuple[Floats, Point] | None:
    """The first of step, step/2, step/4 … that climbs enough."""
    slack = _ROUNDING * max(1.0, abs(point.value))
    for halving in range(_HALVINGS):
        there = np.clip(place + step * 0.5**halving, box.low, box.high)
        found = function(there)
        gain = 1e-4 * float(point.gradient @ (there - place))
        if np.isfinite(found.value) and found.value >= point.value + gain - slack and np.any(there != place):
            return there, found
    return None
