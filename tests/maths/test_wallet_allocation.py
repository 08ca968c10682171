import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths.wallet_allocation import allocation, allocation_of_scores


@pytest.mark.parametrize(("suppliers", "shares"), [(1, [1]), (2, [0.667, 0.333]), (3, [0.5, 0.333, 0.167])])
def test_shares_as_printed(suppliers: int, shares: list[float]) -> None:
    assert allocation(np.arange(1.0, suppliers + 1), np.array(float(suppliers))) == pytest.approx(shares, abs=5e-4)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=12))
def test_shares_sum_to_one_with_ties_too(scores: list[int]) -> None:
    assert allocation_of_scores(np.array(scores, dtype=float)).sum() == pytest.approx(1)


def test_a_rank_outside_has_no_share() -> None:
    assert np.isnan(allocation(np.array([0.0, 4, np.nan]), np.array(3.0))).all()
