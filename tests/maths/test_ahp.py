import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths.ahp import completed, group, most_inconsistent, priorities


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


def without(judged, *pairs):
    left = judged.copy()
    for row, column in pairs:
        left[row, column] = left[column, row] = np.nan
    return left


def test_harkers_own_example_of_a_missing_judgement() -> None:
    found = priorities(without(matrix([2, 3], [2]), (0, 2)))

    assert found.weights == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert (found.lambda_max, found.consistency_ratio, found.missing) == (pytest.approx(3), 0, 1)


def test_missing_judgements_are_what_the_weights_say_of_them() -> None:
    half = without(DRINKS, (0, 3), (1, 5), (2, 6))
    found = priorities(half)
    filled = half.copy()
    for each in completed(half, found.weights):
        filled[each.row, each.column], filled[each.column, each.row] = each.consistent, 1 / each.consistent
    whole = priorities(filled)

    assert whole.weights == pytest.approx(found.weights, abs=1e-12)
    assert whole.lambda_max == pytest.approx(found.lambda_max, abs=1e-12)
    assert [(each.row, each.column) for each in completed(half, found.weights)] == [(0, 3), (1, 5), (2, 6)]
    assert len(most_inconsistent(half, found.weights, 99)) == 18


def test_fewer_judgements_are_held_to_what_chance_would_make_of_them() -> None:
    """With the smallest number of judgements nothing can contradict; with one more, chance contradicts less than with all."""
    circle = matrix([9, 1 / 9, 3], [9, 2], [4])
    tree = without(circle, (0, 2), (0, 3), (1, 3))
    one_more = without(circle, (0, 3), (1, 3))

    assert priorities(tree).consistency_ratio == 0
    assert priorities(one_more).consistency_ratio > priorities(circle).consistency_ratio > 1


def test_geometric_weights_of_missing_judgements_are_least_squares_of_logarithms() -> None:
    half = without(CAR, (0, 2))
    known = [(row, column) for row in range(4) for column in range(row) if not np.isnan(half[row, column])]
    design = np.array([np.eye(4)[row] - np.eye(4)[column] for row, column in known])
    logs = np.linalg.lstsq(design, np.log([half[pair] for pair in known]), rcond=None)[0]

    assert priorities(half).geometric == pytest.approx(np.exp(logs) / np.exp(logs).sum())


def test_of_a_group_those_count_who_judged_the_pair() -> None:
    together = group([without(matrix([9, 3], [1 / 2]), (0, 1)), without(matrix([1, 3], [2]), (1, 2))])

    assert together[0].tolist() == pytest.approx([1, 1, 3])
    assert together[1, 2] == pytest.approx(0.5)
    assert np.isnan(group([without(CAR, (0, 1))])[0, 1])


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        (np.ones((2, 3)), "square"),
        (np.ones((11, 11)), "ten"),
        (np.array([[1, -2], [-0.5, 1]]), "above 0"),
        (np.array([[1, np.nan], [0.5, 1]]), "multiply to 1"),
        (np.array([[1, np.nan], [np.nan, 1]]), "link"),
        (np.array([[1, 3], [1 / 2, 1]]), "multiply to 1"),
    ],
)
def test_what_is_no_judgement_is_refused(judged: np.ndarray, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        priorities(judged)
