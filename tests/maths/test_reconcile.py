import numpy as np
import pytest

from vitalfew.maths.reconcile import memberships, reconciled

RNG = np.random.default_rng(9)


def test_it_is_the_projection_that_the_paper_gives() -> None:
    """b = (S'W⁻¹S)⁻¹ S'W⁻¹ ŷ over parts and sums together (Wickramasuriya et al. 2019, eq. 10, diagonal W)."""
    members = memberships(RNG.integers(0, 3, 8), RNG.integers(0, 2, 8), np.zeros(8, dtype=np.int64))
    parts, sums = RNG.gamma(3, 5, (8, 4)), RNG.gamma(3, 20, (members.shape[0], 4))
    spread, sums_spread = RNG.gamma(2, 1, 8), RNG.gamma(2, 4, members.shape[0])
    whole = np.vstack([members.toarray(), np.eye(8)])
    weight = np.diag(1 / np.concatenate([sums_spread, spread]))
    expected = np.linalg.solve(whole.T @ weight @ whole, whole.T @ weight @ np.vstack([sums, parts]))

    assert reconciled(parts, spread, sums, sums_spread, members) == pytest.approx(expected)


def test_what_agrees_already_is_left_alone() -> None:
    members = memberships(np.array([0, 0, 1]))
    parts = np.array([[1.0], [2.0], [3.0]])

    assert reconciled(parts, np.ones(3), members @ parts, np.ones(2), members) == pytest.approx(parts)


def test_a_sure_sum_is_met_and_the_unsure_part_moves_most() -> None:
    members = memberships(np.array([0, 0]))

    moved = reconciled(np.array([[4.0], [6.0]]), np.array([1.0, 9.0]), np.array([[20.0]]), np.array([1e-9]), members)

    assert moved.ravel() == pytest.approx([5.0, 15.0], abs=1e-6)


def test_a_part_in_no_group_stays() -> None:
    members = memberships(np.array([0, -1]))

    assert reconciled(np.array([[1.0], [7.0]]), np.ones(2), np.array([[3.0]]), np.ones(1), members)[1, 0] == 7.0
