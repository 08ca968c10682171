from itertools import product

import numpy as np
import pytest

from vitalfew.maths import effort
from vitalfew.maths.effort import shared_out
from vitalfew.maths.response import Response, response


def tried(weight, gain, budget):
    """The best of all sharings, one by one."""
    ways = product(range(gain.size), repeat=weight.size)
    return max(float((weight * gain[list(way)]).sum()) for way in ways if sum(way) <= budget)


@pytest.mark.parametrize("shape", [0.7, 2.5])
@pytest.mark.parametrize("budget", [1, 4, 7, 30])
def test_it_is_the_best_of_all_sharings(shape, budget):
    weight = np.array([3.0, 1.0, 2.2, 0.0])
    gain = response(np.arange(6), Response(0, 1, shape, 8.0))

    found = shared_out(weight, gain, budget)

    assert found.units.sum() <= budget
    assert (weight * gain[found.units]).sum() == pytest.approx(tried(weight, gain, budget))


def test_taking_the_best_next_unit_would_fail_where_the_start_is_slow():
    gain = np.array([0.0, 0.1, 5.0])

    assert shared_out(np.array([1.0, 1.0]), gain, 2).units.tolist() == [2, 0]


@pytest.mark.parametrize("shape", [0.7, 2.5])
def test_the_hull_is_as_near_as_it_says(shape, monkeypatch):
    weight = np.random.default_rng(3).lognormal(0, 1, 60)
    gain = response(np.arange(9), Response(0, 1, shape, 8.0))
    best = float((weight * gain[shared_out(weight, gain, 97).units]).sum())
    monkeypatch.setattr(effort, "EXACT_UP_TO", 0)

    found = shared_out(weight, gain, 97)

    brought = float((weight * gain[found.units]).sum())
    assert found.units.sum() <= 97
    assert brought <= best <= brought + found.short_of_best + 1e-9
    assert found.short_of_best < 0.05 * best


def test_nothing_to_share_or_nobody():
    assert shared_out(np.array([1.0]), np.array([0.0, 1.0]), 0).units.tolist() == [0]
    assert shared_out(np.array([]), np.array([0.0, 1.0]), 5).units.size == 0
