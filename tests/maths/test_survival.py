import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf, logrank

from vitalfew.maths.survival import kaplan_meier, log_rank

seen = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=2, max_size=40)


def test_the_printed_example() -> None:
    found = kaplan_meier(np.array([1.0, 2, 2, 3, 5]), np.array([True, True, False, True, False]))

    assert found.survival.tolist() == pytest.approx([0.8, 0.6, 0.3])
    assert found.error[0] == pytest.approx(0.8 * np.sqrt(1 / 20))
    assert found.at(np.array([0.5, 1, 2.5, 9])).tolist() == pytest.approx([1, 0.8, 0.6, 0.3])


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@given(seen)
def test_curve_and_interval_agree_with_scipy(rows: list[tuple[int, bool]]) -> None:
    times, happened = np.array([float(t) for t, _ in rows]), np.array([yes for _, yes in rows])
    if not happened.any():
        return
    found = kaplan_meier(times, happened)
    curve = ecdf(CensoredData(times[happened], right=times[~happened])).sf

    assert found.survival == pytest.approx(curve.evaluate(found.time), abs=1e-12)
    inner = found.survival > 1e-12
    ends = curve.confidence_interval(method="log-log")
    assert found.low[inner] == pytest.approx(ends.low.evaluate(found.time)[inner], abs=1e-9)
    assert found.high[inner] == pytest.approx(ends.high.evaluate(found.time)[inner], abs=1e-9)


def test_the_log_rank_test_agrees_with_scipy() -> None:
    rng = np.random.default_rng(8)
    times, happened, first = rng.integers(1, 20, 80).astype(float), rng.random(80) < 0.7, np.arange(80) < 30
    one, other = (CensoredData(times[g & happened], right=times[g & ~happened]) for g in (first, ~first))

    assert log_rank(times, happened, first) == pytest.approx(logrank(one, other).pvalue)


def test_nothing_to_compare_is_no_p() -> None:
    assert log_rank(np.ones(3), np.zeros(3, dtype=bool), np.array([True, False, False])) is None
    assert log_rank(np.ones(3), np.ones(3, dtype=bool), np.ones(3, dtype=bool)) is None
    with pytest.raises(ValueError, match="no time"):
        kaplan_meier(np.empty(0), np.empty(0, dtype=bool))
