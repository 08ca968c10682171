import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from vitalfew.maths.intervals import newcombe, wilson


def test_thirty_of_forty() -> None:
    assert wilson(30, 40) == pytest.approx((0.598, 0.858), abs=5e-4)


@given(st.integers(0, 40), st.integers(1, 40))
def test_wilson_agrees_with_scipy(successes: int, more: int) -> None:
    expected = binomtest(successes, successes + more).proportion_ci(method="wilson")

    assert wilson(successes, successes + more) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((56, 70, 48, 80), (0.0524, 0.3339)), ((9, 10, 3, 10), (0.1705, 0.8090)), ((10, 10, 0, 20), (0.6791, 1.0))],
)
def test_newcombe_agrees_with_his_table(counts: tuple[int, ...], expected: tuple[float, float]) -> None:
    assert newcombe(*counts) == pytest.approx(expected, abs=5e-5)


def test_what_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one trial"):
        wilson(0, 0)
    with pytest.raises(ValueError, match="between 0 and the number"):
        wilson(5, 4)
    with pytest.raises(ValueError, match="confidence"):
        wilson(1, 4, 1.0)
