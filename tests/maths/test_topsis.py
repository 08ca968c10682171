import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vitalfew.maths.entropy_weights import entropies, entropy_weights
from vitalfew.maths.topsis import topsis

FIGHTERS = np.array(
    [
        [2.0, 1500, 20000, 5.5, 5, 9],
        [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7],
        [2.2, 1800, 20000, 5.0, 5, 5],
    ]
)
WEIGHTS = np.array([0.2, 0.1, 0.1, 0.1, 0.2, 0.3])
BENEFIT = np.array([True, True, True, False, True, True])


def test_fighters_of_hwang_and_yoon() -> None:
    found = topsis(FIGHTERS, WEIGHTS, BENEFIT)

    assert found.from_best == pytest.approx([0.0545, 0.1197, 0.0580, 0.1009], abs=1e-4)  # .05456 is printed cut off
    assert found.from_worst == pytest.approx([0.0983, 0.0439, 0.0920, 0.0458], abs=1e-4)  # .09838 too
    assert found.closeness == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=1e-3)  # .61354 too
    assert np.argsort(np.argsort(-found.closeness)).tolist() == [0, 3, 1, 2]
    assert found.parts.sum(axis=1) == pytest.approx(found.closeness)


def test_alternatives_that_are_alike_are_half_close() -> None:
    found = topsis(np.full((3, 2), 7.0), np.array([0.5, 0.5]), np.array([True, False]))

    assert found.closeness.tolist() == [0.5, 0.5, 0.5]
    assert found.parts.tolist() == [[0.25, 0.25]] * 3


@given(arrays(float, (5, 3), elements=st.floats(-1e6, 1e6)), st.floats(0.01, 1000))
def test_closeness_is_a_share_and_knows_no_unit(values: np.ndarray, scale: float) -> None:
    weights, benefit = np.array([0.5, 0.3, 0.2]), np.array([True, False, True])
    values = np.round(values, 2)
    found = topsis(values, weights, benefit)

    assert ((found.closeness >= 0) & (found.closeness <= 1)).all()
    assert topsis(values * scale, weights, benefit).closeness == pytest.approx(found.closeness, abs=1e-6)


def test_an_alternative_outside_the_reference_does_not_move_the_others() -> None:
    reference = np.array([True, True, True, False])
    alone = topsis(FIGHTERS[:3], WEIGHTS, BENEFIT)

    assert topsis(FIGHTERS, WEIGHTS, BENEFIT, reference).closeness[:3] == pytest.approx(alone.closeness)


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(ValueError, match="every criterion"):
        topsis(np.array([[1.0, np.nan]]), np.ones(2) / 2, np.ones(2, dtype=bool))


def test_entropy_of_the_worked_example() -> None:
    values = np.array([[1.0, 10], [2, 10], [3, 40]])

    assert entropies(values) == pytest.approx([0.92062, 0.78969], abs=5e-6)
    assert entropy_weights(values) == pytest.approx([0.27402, 0.72598], abs=5e-6)


def test_the_two_variants_of_entropy_give_different_weights() -> None:
    values = np.array([[1.0, 10], [2, 10], [3, 40]])

    # by hand: shares (0, 1/3, 2/3) and (0, 0, 1)
    first = 1 + (np.log(1 / 3) / 3 + 2 * np.log(2 / 3) / 3) / np.log(3)
    assert entropy_weights(values, "min-max") == pytest.approx([first / (first + 1), 1 / (first + 1)])


def test_constant_criteria_weigh_nothing_unless_all_are() -> None:
    assert entropy_weights(np.array([[1.0, 5], [2, 5]])).tolist() == [1.0, 0.0]
    assert entropy_weights(np.array([[4.0, 5], [4, 5]])).tolist() == [0.5, 0.5]


def test_entropy_refuses_one_alternative_and_negative_values() -> None:
    with pytest.raises(ValueError, match="two alternatives"):
        entropies(np.array([[1.0, 2.0]]))
    with pytest.raises(ValueError, match="negative"):
        entropies(np.array([[1.0], [-2.0]]))
    assert entropies(np.array([[1.0], [-2.0]]), "min-max").tolist() == [0.0]
