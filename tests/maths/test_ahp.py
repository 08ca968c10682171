import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths.ahp import group, most_inconsistent, priorities


def matrix(*upper):
    """Judgements from their upper triangle, row by row."""
    n = len(upper) + 1
    judged = np.eye(n)
    for row, values in enumerate(upper):
        judged[row, row + 1 :] = values
        judged[row + 1 :, row] = 1 / np.array(values, dtype=float)
    return judged


DRINKS = matrix([9, 5, 2, 1, 1, 1 / 2], [1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9], [1 / 3, 1 / 4, 1 / 3, 1 / 9], [1 / 2, 1, 1 / 3],
                [2, 1 / 2], [1 / 3])  # fmt: skip
CAR = matrix([3, 7, 3], [9, 1], [1 / 7])


def test_drinks_of_saaty_2008() -> None:
    found = priorities(DRINKS)

    assert found.weights == pytest.approx([0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], abs=5e-4)
    assert found.lambda_max == pytest.approx(7.17663, abs=5e-6)
    assert found.consistency_ratio == pytest.approx(0.0223, abs=5e-5)
    assert found.usable


def test_cost_safety_style_capacity() -> None:
    found = priorities(CAR)

    assert found.weights == pytest.approx([0.510, 0.234, 0.041, 0.215], abs=5e-4)
    assert found.consistency_ratio == pytest.approx(0.0738, abs=5e-5)
    assert found.geometric == pytest.approx(found.weights, abs=0.02)


def test_contradictions_are_not_usable_and_the_worst_is_named_first() -> None:
    circle = matrix([9, 1 / 9], [9])
    found = priorities(circle)

    assert found.consistency_ratio > 1
    assert not found.usable
    said = most_inconsistent(matrix([2, 9], [2]), np.array([4, 2, 1]) / 7)
    assert [(each.row, each.column) for each in said] == [(0, 2), (0, 1), (1, 2)]


def test_one_and_two_criteria_are_always_consistent() -> None:
    assert priorities(np.ones((1, 1))).weights.tolist() == [1.0]
    assert priorities(matrix([4])).weights == pytest.approx([0.8, 0.2])
    assert priorities(matrix([4])).consistency_ratio == 0


@given(st.lists(st.floats(0.2, 9), min_size=2, max_size=10))
def test_judgements_from_weights_give_the_weights_back(values: list[float]) -> None:
    weights = np.array(values) / sum(values)
    found = priorities(weights[:, None] / weights[None, :])

    assert found.weights == pytest.approx(weights, abs=1e-9)
    assert found.consistency_index == pytest.approx(0, abs=1e-9)


def test_a_group_is_the_geometric_mean_of_its_judges() -> None:
    together = group([matrix([9, 3], [1 / 2]), matrix([1, 3], [2])])

    assert together[0].tolist() == pytest.approx([1, 3, 3])
    assert together * together.T == pytest.approx(np.ones((3, 3)))


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        (np.ones((2, 3)), "square"),
        (np.ones((11, 11)), "ten"),
        (np.array([[1, -2], [-0.5, 1]]), "positive"),
        (np.array([[1, np.nan], [0.5, 1]]), "positive"),
        (np.array([[1, 3], [1 / 2, 1]]), "multiply to 1"),
    ],
)
def test_what_is_no_judgement_is_refused(judged: np.ndarray, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        priorities(judged)
