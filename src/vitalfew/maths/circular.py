"""Whether moments gather around one time of the year, or of any other circle.

Zar, J. H. (2010). Biostatistical Analysis, 5th ed., section 27.1 (Rayleigh's test).
"""

from typing import NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats


class Rayleigh(NamedTuple):
    """Mean resultant length (0 evenly spread … 1 all at one point), p of an even spread, direction in radians."""

    length: Floats
    p: Floats
    direction: Floats


def month_angles(months: Floats) -> Floats:
    """Where on the circle of the year the middle of each month 1 … 12 stands: ``2π (month - 1/2)/12``, radians.

    >>> float(month_angles(np.array([6.5]))[0] / np.pi)
    1.0
    """
    return np.asarray(2.0 * np.pi * (np.asarray(months, dtype=np.float64) - 0.5) / 12.0)


def rayleigh(angles: Floats) -> Rayleigh:
    """Whether the angles (radians, the last axis is one sample) gather around one direction.

    ``Rbar = |mean exp(iθ)|``, ``R = n Rbar``, ``p = exp(sqrt(1 + 4n + 4(n² - R²)) - (1 + 2n))``. For two seasons a
    year hand in doubled angles. An empty sample gives NaN. Zar 2010, eq. 27.4.

    >>> found = rayleigh(month_angles(np.array([5, 6, 7, 5, 6, 7, 8, 6.0])))
    >>> round(float(found.length), 5), round(float(found.p), 5)
    (0.87722, 0.00061)
    """
    theta = np.asarray(angles, dtype=np.float64)
    return rayleigh_of_sums(np.full(theta.shape[:-1], theta.shape[-1]), np.cos(theta).sum(-1), np.sin(theta).sum(-1))


def rayleigh_of_sums(n: Floats, cosines: Floats, sines: Floats) -> Rayleigh:
    """The same test for many samples at once, each given by its size and its sums of cosines and sines.

    Arrays of one shape in, arrays of that shape out; NaN where a sample is empty.

    >>> rayleigh_of_sums(np.array([2.0, 0.0]), np.array([2.0, 0.0]), np.zeros(2)).length
    array([ 1., nan])
    """
    size = np.where(np.asarray(n) > 0, n, np.nan)
    resultant = np.minimum(np.hypot(cosines, sines), size)
    exponent = np.sqrt(1.0 + 4.0 * size + 4.0 * (size - resultant) * (size + resultant)) - (1.0 + 2.0 * size)
    direction = np.where(np.isnan(size), np.nan, np.arctan2(sines, cosines) % (2.0 * np.pi))
    return Rayleigh(resultant / size, np.exp(np.minimum(exponent, 0.0)), direction)
