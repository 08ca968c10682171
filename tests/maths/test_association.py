import numpy as np
import pytest

from vitalfew.maths.association import LEAST, MOST, associations

RNG = np.random.default_rng(2)


def baskets(both, only_b, only_c, neither):
    return np.repeat([[1.0, 1], [1, 0], [0, 1], [0, 0]], [both, only_b, only_c, neither], axis=0)


def test_lift_and_its_interval_by_hand() -> None:
    found = associations(baskets(12, 8, 18, 62))
    error = np.sqrt(1 / 12 - 1 / 20 - 1 / 30 + 3 / 100)

    assert found.lift[0, 1] == pytest.approx(2.0)
    assert found.low[0, 1] == pytest.approx(2.0 * np.exp(-1.959964 * error))
    assert found.high[0, 1] == pytest.approx(2.0 * np.exp(1.959964 * error))
    assert found.lift[0, 1] == found.lift[1, 0]


def test_things_that_have_nothing_to_do_with_each_other_are_seldom_lifted() -> None:
    found = associations((RNG.random((2_000, 30)) < 0.3).astype(float))
    off = ~np.eye(30, dtype=bool)

    assert 0.005 < np.mean(found.low[off] > 1) < 0.05
    assert found.weight == MOST or found.weight > 100


def test_two_of_two_are_not_certain() -> None:
    found = associations(baskets(2, 0, 20, 78))

    assert np.isnan(found.lift[0, 1])
    assert found.likely[0, 1] < 0.9


def test_shares_that_differ_much_are_drawn_little() -> None:
    groups = RNG.random((1_000, 1)) < 0.5
    things = np.where(groups, RNG.random((1_000, 8)) < 0.8, RNG.random((1_000, 8)) < 0.05).astype(float)

    assert LEAST <= associations(things).weight < 20


@pytest.mark.parametrize("held", [np.zeros((5, 3)), np.ones((5, 3)), np.ones((1, 2))])
def test_baskets_that_tell_nothing_give_no_infinite_figure(held: np.ndarray) -> None:
    found = associations(held)

    assert not np.isinf(found.lift).any()
    assert np.isfinite(found.likely).all()
