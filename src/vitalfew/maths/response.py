"""How sales answer to effort: an S-shaped or concave curve, set from five judgements.

Little, J. D. C. (1970). Models and managers: the concept of a decision calculus. Management Science 16(8).
Lodish, L. M. (1971). CALLPLAN: an interactive salesman's call planning system. Management Science 18(4).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from vitalfew.maths.arrays import Floats


class Response(NamedTuple):
    """``least`` without effort, ``most`` with all the effort in the world; S-shaped where ``shape`` is above 1."""

    least: float
    most: float
    shape: float
    half: float


def response(effort: ArrayLike, curve: Response) -> Floats:
    """``r(x) = min + (max - min) x^c / (d + x^c)``. Little 1970.

    >>> float(response(4, Response(0.1, 1.0, 1.5, 8.0)).round(6))
    0.55
    """
    power = np.asarray(effort, dtype=np.float64) ** curve.shape
    return np.asarray(curve.least + (curve.most - curve.least) * power / (curve.half + power))


def calibrated(none: float, half: float, more: float, saturation: float, present: float = 1.0) -> Response:
    """The curve through what is judged to come of no, half, 1.5 times and endless effort, if the ``present`` one gives 1.

    ``ln[(r - min)/(max - r)] = c ln x - ln d`` is a line: least squares through the three inner answers.
    Refuses (``ValueError``) answers that do not rise from ``none`` to ``saturation``.

    >>> curve = calibrated(0.1, 0.4, 1.3, 1.9, present=2.0)
    >>> response([0.0, 1.0, 2.0, 3.0, 1e9], curve).round(2).tolist()
    [0.1, 0.41, 0.95, 1.33, 1.9]
    """
    answers = np.array([half, 1.0, more])
    if not (np.all(np.diff([none, *answers, saturation]) > 0) and present > 0):
        raise ValueError("the answers rise from no effort to saturation")
    odds = np.log((answers - none) / (saturation - answers))
    shape, level = np.polyfit(np.log(present * np.array([0.5, 1.0, 1.5])), odds, 1)
    return Response(none, saturation, float(shape), float(np.exp(-level)))
