import numpy as np
import pytest

from vitalfew.maths.wallet_allocation import allocation


@pytest.mark.parametrize(("suppliers", "shares"), [(1, [1]), (2, [0.667, 0.333]), (3, [0.5, 0.333, 0.167])])
def test_shares_as_printed(suppliers: int, shares: list[float]) -> None:
    assert allocation(np.arange(1.0, suppliers + 1), np.array(float(suppliers))) == pytest.approx(shares, abs=5e-4)


def test_a_rank_outside_has_no_share() -> None:
    assert np.isnan(allocation(np.array([0.0, 4, np.nan]), np.array(3.0))).all()
