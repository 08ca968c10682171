import numpy as np
import pytest

from vitalfew.maths.activity_costing import costing, rate

MINUTES, DONE = np.array([8.0, 44, 50]), np.array([49_000.0, 1_400, 2_500])


def test_the_published_example() -> None:
    """Kaplan & Anderson 2004: orders, inquiries, credit checks."""
    found = costing(560_000, 700_000, MINUTES, DONE)

    assert found.rate == pytest.approx(0.80)
    assert found.unit_costs == pytest.approx([6.40, 35.20, 40.00])
    assert found.used == 578_600
    assert found.assigned.sum() == pytest.approx(462_880)
    assert (found.unused, found.unused_cost) == (121_400, pytest.approx(97_120))


def test_overtime_is_capacity_below_zero_at_the_same_rate() -> None:
    found = costing(560_000, 700_000, MINUTES, 2 * DONE)

    assert found.rate == pytest.approx(0.80)
    assert found.unused == 700_000 - 2 * 578_600


def test_what_is_assigned_and_unused_is_the_cost() -> None:
    found = costing(560_000, 700_000, MINUTES, DONE)

    assert found.assigned.sum() + found.unused_cost == pytest.approx(560_000)


def test_no_capacity_has_no_rate() -> None:
    with pytest.raises(ValueError, match="minutes"):
        rate(1.0, 0.0)
