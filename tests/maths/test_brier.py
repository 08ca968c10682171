import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths.brier import brier, calibration_error, log_loss, parts, reliability, skill

P, Y = np.array([0.8, 0.3, 0.6, 0.1]), np.array([1.0, 0, 1, 0])
told = st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=60)


def test_the_printed_example() -> None:
    assert brier(P, Y) == pytest.approx(0.075)
    assert skill(P, Y) == pytest.approx(0.7)
    assert log_loss(P, Y) == pytest.approx(-np.log([0.8, 0.7, 0.6, 0.9]).mean())


@given(told)
def test_murphys_parts_add_to_the_score_where_a_bin_is_told_one_probability(rows: list[tuple[int, bool]]) -> None:
    p, y = np.array([tenth / 10 + 0.05 for tenth, _ in rows]), np.array([float(yes) for _, yes in rows])
    found = parts(p, y)

    assert found.reliability - found.resolution + found.uncertainty == pytest.approx(brier(p, y), abs=1e-12)


def test_edges_belong_to_the_bin_they_open() -> None:
    edges = np.arange(11) / 10

    assert reliability(edges, np.zeros(11)).n.tolist() == [1] * 9 + [2]


def test_what_is_calibrated_has_no_error_and_the_base_rate_no_skill() -> None:
    p, y = np.repeat([0.25, 0.75], 4), np.array([0.0, 0, 0, 1, 1, 1, 1, 0])

    assert calibration_error(p, y) == 0
    assert skill(np.full(8, 0.5), y) == 0
    assert skill(p, np.ones(8)) is None


def test_a_certainty_that_failed_is_finite() -> None:
    assert np.isfinite(log_loss(np.array([0.0, 1.0]), np.array([1.0, 1.0])))
