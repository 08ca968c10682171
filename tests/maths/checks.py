"""Checks that several models share."""

from collections.abc import Callable

import numpy as np

from vitalfew.maths.maximise import Point

STEP = 1e-5


def gradient_error(function: Callable[[np.ndarray], Point], place: np.ndarray) -> tuple[float, float]:
    """How far the derivatives are from differences of the values, and of the gradients."""
    point = function(place)
    there = [(function(place + STEP * side), function(place - STEP * side)) for side in np.eye(place.size)]
    slopes = np.array([(up.value - down.value) / (2 * STEP) for up, down in there])
    bends = np.array([(up.gradient - down.gradient) / (2 * STEP) for up, down in there])
    return np.abs(slopes - point.gradient).max(), np.abs(bends - point.hessian).max()


def regime(name: str) -> dict[str, float]:
    """Parameters of four kinds of portfolio."""
    return {
        "shop": {"r": 0.24, "alpha": 4.4, "a": 0.8, "b": 2.4, "s": 0.6, "beta": 12.0},
        "wholesale": {"r": 2.0, "alpha": 20.0, "a": 0.2, "b": 6.0, "s": 0.5, "beta": 90.0},
        "almost nobody leaves": {"r": 1.5, "alpha": 10.0, "a": 0.02, "b": 5.0, "s": 0.02, "beta": 200.0},
        "most leave at once": {"r": 0.6, "alpha": 30.0, "a": 3.0, "b": 2.0, "s": 2.0, "beta": 9.0},
    }[name]
