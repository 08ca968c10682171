import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from vitalfew.maths.maxmin import jain, maxmin, whole_packs
from vitalfew.maths.rationing import among_claims, layered, shared

CLAIMS = st.lists(st.floats(0, 100), min_size=1, max_size=8)
RNG = np.random.default_rng(3)


def test_the_textbook_example() -> None:
    assert maxmin([2, 2.6, 4, 5], 10) == pytest.approx([2, 2.6, 2.7, 2.7])


def test_the_weighted_example() -> None:
    assert maxmin([10, 10, 10], 15, [3, 2, 1]) == pytest.approx([7.5, 5, 2.5])


@given(CLAIMS, st.floats(0, 500))
def test_no_more_than_there_is_nor_than_asked(claims: list[float], capacity: float) -> None:
    shares = maxmin(claims, capacity)

    assert shares.sum() == pytest.approx(min(capacity, sum(claims)), abs=1e-6)
    assert (shares <= np.array(claims) + 1e-9).all()
    assert (shares >= 0).all()


@given(CLAIMS, st.floats(0, 300), st.floats(0, 100))
def test_more_capacity_never_takes_from_anybody(claims: list[float], capacity: float, more: float) -> None:
    assert (maxmin(claims, capacity + more) >= maxmin(claims, capacity) - 1e-6).all()


@given(CLAIMS, st.floats(0, 300))
def test_who_lacks_something_has_no_less_than_anybody(claims: list[float], capacity: float) -> None:
    shares = maxmin(claims, capacity)
    lacking = shares < np.array(claims) - 1e-6

    assert not lacking.any() or (shares[lacking] >= shares.max() - 1e-6).all()


@given(st.lists(st.floats(0.5, 100), min_size=2, max_size=6), st.floats(1, 200), st.floats(0.1, 0.9))
def test_splitting_an_account_gains_nothing(claims: list[float], capacity: float, part: float) -> None:
    """The account's weight is split with its claim."""
    whole = maxmin(claims, capacity)
    first = claims[0]

    split = maxmin(
        [first * part, first * (1 - part), *claims[1:]], capacity, [part, 1 - part, *[1.0] * (len(claims) - 1)]
    )

    assert split[0] + split[1] == pytest.approx(whole[0], abs=1e-6)


def test_many_cells_are_each_shared_alone() -> None:
    claims, capacity = RNG.gamma(2, 5, (6, 7, 9)), RNG.gamma(3, 10, (6, 7))

    together = maxmin(claims, capacity)

    assert together[4, 2] == pytest.approx(maxmin(claims[4, 2], capacity[4, 2]))


@pytest.mark.parametrize(("claims", "weights"), [([-1.0], None), ([1.0], [0.0])])
def test_senseless_claims_are_refused(claims: list[float], weights: list[float] | None) -> None:
    with pytest.raises(ValueError, match="above 0"):
        maxmin(claims, 1.0, weights)


def test_nothing_to_give_gives_nothing() -> None:
    assert list(maxmin([3.0, 4.0], 0.0)) == [0.0, 0.0]
    assert list(maxmin([3.0, 4.0], -5.0)) == [0.0, 0.0]
    assert maxmin([], 5.0).size == 0


def test_fairness_index() -> None:
    assert jain(np.full(7, 0.3)) == pytest.approx(1.0)
    assert jain(np.array([1.0, 0, 0, 0])) == 0.25
    assert jain(np.zeros(3)) is None


@pytest.mark.parametrize("seed", range(8))
def test_whole_packs_give_out_as_many_as_an_integer_programme(seed: int) -> None:
    rng = np.random.default_rng(seed)
    claims, capacity, pack = rng.integers(1, 40, 6).astype(float), float(rng.integers(10, 80)), 4.0
    shares = maxmin(claims, capacity)

    packed = whole_packs(shares, claims, pack)

    best = milp(
        -np.ones(6),
        constraints=[LinearConstraint(pack * np.ones(6), ub=shares.sum())],
        bounds=Bounds(0, np.floor(claims / pack)),
        integrality=np.ones(6),
    )
    assert (packed % pack == 0).all()
    assert (packed <= claims).all()
    assert packed.sum() <= shares.sum() + 1e-9
    assert packed.sum() >= -best.fun * pack - pack * np.count_nonzero(claims < pack)


def test_layers_get_what_one_linear_programme_after_another_gives_them() -> None:
    asked = [RNG.gamma(2, 3, (5, 6)) for _layer in range(3)]
    supply = RNG.gamma(2, 4, (5, 6))

    plainly = layered(asked, supply)
    programmed = shared(asked, supply, np.zeros(6), np.ones(5))

    for one, other in zip(plainly, programmed, strict=True):
        assert one.sum(axis=1) == pytest.approx(other.sum(axis=1), rel=1e-4, abs=1e-4)


def test_stock_is_kept_for_a_higher_layers_later_need() -> None:
    first, second = layered([np.array([[0.0, 9.0]]), np.array([[9.0, 0.0]])], np.array([[10.0, 0.0]]))

    assert (first.tolist(), second.tolist()) == ([[0.0, 9.0]], [[1.0, 0.0]])


def test_shared_capacity_is_made_ahead_for_the_peak() -> None:
    peak = np.array([[0.0, 0.0, 12.0]])

    given_out = shared([peak], np.zeros((1, 3)), np.array([4.0, 4.0, 4.0]), np.ones(1))

    assert given_out[0] == pytest.approx(peak)


def test_what_is_given_never_exceeds_what_came() -> None:
    asked, supply = [RNG.gamma(2, 9, (8, 5)) for _layer in range(4)], RNG.gamma(2, 6, (8, 5))

    total = np.sum(layered(asked, supply), axis=0)

    assert (np.cumsum(total, axis=1) <= np.cumsum(supply, axis=1) + 1e-9).all()


def test_five_hundred_accounts_two_hundred_products_twelve_weeks() -> None:
    rng = np.random.default_rng(1)
    claims = rng.gamma(1, 10, (200, 12, 500))
    layer = rng.integers(0, 5, 500)
    supply = 0.7 * claims.sum(axis=2)
    began = time.perf_counter()

    asked = [np.where(layer == number, claims, 0.0) for number in range(5)]
    amounts = layered([each.sum(axis=2) for each in asked], supply)
    shares = sum(among_claims(each, amount) for each, amount in zip(asked, amounts, strict=True))

    assert time.perf_counter() - began < 30, "the goal is 10 s"
    assert shares.sum() == pytest.approx(np.minimum(np.cumsum(supply, 1), np.cumsum(supply, 1))[:, -1].sum(), rel=1e-3)


def test_the_solver_takes_quantities_and_prices_of_any_size() -> None:
    """Worth of hundreds of millions, of which the last layer gets next to nothing: no reason to give up."""
    rng = np.random.default_rng(1951)
    need = rng.gamma(0.6, 20, (200, 12, 500)) * (rng.random((200, 12, 500)) < 0.5)
    key = rng.random(500) < 0.2
    asked = [(part * need).sum(axis=2) for part in (0.3, 0.7 * key, 0.7 * ~key)]
    price = rng.lognormal(4, 0.7, 200)
    supply = np.zeros((200, 12))
    supply[:, 0] = 0.2 * need.sum(axis=(1, 2)) * rng.uniform(0, 2, 200)
    capacity = np.full(12, 0.1 * need.sum() / 12)

    given_out = shared(asked, supply, capacity, price)

    worth = [float((each[0].sum(axis=1) * price).sum()) for each in (given_out, asked)]
    assert worth[0] == pytest.approx(worth[1], rel=0.01)
    assert sum(float(layer.sum()) for layer in given_out) <= (supply.sum() + capacity.sum()) * (1 + 1e-6)
