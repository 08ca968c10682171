import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths.recommendation import net_promoters


def test_fifty_two_promoters_and_eighteen_detractors_of_a_hundred() -> None:
    found = net_promoters(52, 18, 100)

    assert found.score == pytest.approx(0.34)
    assert found.wald == pytest.approx((0.190, 0.490), abs=5e-4)
    assert found.adjusted_centre == pytest.approx(0.330, abs=5e-4)
    assert found.adjusted == pytest.approx((0.182, 0.478), abs=5e-4)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 50))
def test_intervals_hold_their_centre_and_stay_in_range(promoters: int, detractors: int, others: int) -> None:
    found = net_promoters(promoters, detractors, promoters + detractors + others)

    assert -1 <= found.adjusted.low <= found.adjusted_centre <= found.adjusted.high <= 1


def test_one_mind_is_not_certain() -> None:
    assert net_promoters(5, 0, 5).wald == (1, 1)
    assert net_promoters(5, 0, 5).adjusted.low < 0.6


def test_no_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="one at least"):
        net_promoters(0, 0, 0)
    with pytest.raises(ValueError, match="part of the answers"):
        net_promoters(3, 3, 5)
