from itertools import combinations, pairwise

import numpy as np
import pytest

from vitalfew.maths.change_points import _noise, change_points

RNG = np.random.default_rng(11)


def by_trying_all(row: np.ndarray, least: int = 4) -> tuple[int, ...]:
    """The cuts with the least cost of all ways there are."""
    n, sigma = row.size, _noise(row[None, :])[0]

    def cost(cuts: tuple[int, ...]) -> float:
        edges = [0, *cuts, n]
        pieces = [row[a:b] for a, b in pairwise(edges)]
        if min(map(len, pieces)) < least:
            return np.inf
        return sum(((piece - piece.mean()) ** 2).sum() for piece in pieces) / sigma**2 + 3 * np.log(n) * len(cuts)

    return min((cuts for k in range(4) for cuts in combinations(range(1, n), k)), key=cost)


@pytest.mark.parametrize("seed", range(12))
def test_the_best_of_all_ways_to_cut_is_found(seed: int) -> None:
    rng = np.random.default_rng(seed)
    row = rng.normal(0, 1, 18) + np.repeat(rng.normal(0, 4, 3), 6)
    cuts = by_trying_all(row)

    found = change_points(row[None, :])

    assert (found.cuts[0], found.latest[0]) == (len(cuts), cuts[-1] if cuts else 0)


def test_levels_before_and_after_the_latest_cut() -> None:
    row = np.concatenate([RNG.normal(100, 3, 15), RNG.normal(60, 3, 10)])

    found = change_points(row[None, :])

    assert (found.cuts[0], found.latest[0]) == (1, 15)
    assert (found.before[0], found.after[0]) == pytest.approx((row[:15].mean(), row[15:].mean()))


def test_noise_alone_is_seldom_cut() -> None:
    assert (change_points(RNG.normal(0, 1, (1_000, 36))).cuts > 0).mean() < 0.1


def test_the_time_before_the_first_order_is_no_level() -> None:
    row = np.concatenate([np.full(9, np.nan), RNG.normal(50, 3, 20)])

    assert change_points(row[None, :]).cuts[0] == 0


@pytest.mark.parametrize("row", [np.zeros(12), np.full(12, 7.0), np.full(12, np.nan), np.ones(3)])
def test_what_never_changes_has_no_cut(row: np.ndarray) -> None:
    found = change_points(row[None, :])

    assert (found.cuts[0], found.latest[0]) == (0, 0)


def test_currency_moves_no_cut() -> None:
    rows = RNG.normal(0, 1, (50, 24)) + 5 * (np.arange(24) >= RNG.integers(4, 20, (50, 1)))

    assert list(change_points(rows * 100).latest) == list(change_points(rows).latest)
