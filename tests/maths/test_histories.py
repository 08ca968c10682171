import numpy as np
import pytest

from vitalfew.maths.arrays import of_distinct_pairs
from vitalfew.maths.histories import histories


def test_those_who_never_bought_again_are_folded_by_age() -> None:
    known = histories(np.array([0.0, 2, 0, 0, 1]), np.array([0.0, 5, 0, 0, 3]), np.array([9.0, 9, 4, 9, 8]))

    assert (known.idle_age.tolist(), known.idle_weight.tolist()) == ([4, 9], [1, 2])
    assert (known.x.tolist(), known.age.tolist()) == ([2, 1], [9, 8])
    assert (known.n, known.purchases, known.time) == (5, 3, 39)


def test_weights_count_customers() -> None:
    known = histories(np.array([0.0, 2]), np.array([0.0, 5]), np.array([9.0, 9]), np.array([3.0, 2]))

    assert (known.n, known.purchases, known.time) == (5, 4, 45)
    assert known.idle_weight.tolist() == [3]


@pytest.mark.parametrize(
    ("x", "t_x", "age", "reason"),
    [
        ([], [], [], "no customer"),
        ([1.0], [1.0, 2], [3.0], "one length"),
        ([np.nan], [1.0], [2.0], "finite"),
        ([1.5], [1.0], [2.0], "whole number"),
        ([-1.0], [1.0], [2.0], "whole number"),
        ([1.0], [3.0], [2.0], "between 0 and the age"),
        ([0.0], [1.0], [2.0], "goes with"),
        ([1.0], [0.0], [2.0], "goes with"),
    ],
)
def test_what_cannot_be_is_refused(x: list[float], t_x: list[float], age: list[float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        histories(np.array(x), np.array(t_x), np.array(age))


@pytest.mark.parametrize("weight", [-1.0, np.nan, np.inf])
def test_a_weight_that_is_none_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match=r"weight|no customer"):
        histories(np.ones(2), np.ones(2), np.full(2, 3.0), np.array([1.0, weight]))


@pytest.mark.parametrize("second", [np.arange(20_000.0) % 97, np.arange(20_000.0) % 97 / 7, np.arange(20_000.0) * 1.1])
def test_pairs_are_worked_out_once_and_stand_for_all(second: np.ndarray) -> None:
    first = np.arange(20_000.0) % 13

    assert of_distinct_pairs(lambda one, other: one * 1_000 + other, first, second) == pytest.approx(
        first * 1_000 + second
    )
