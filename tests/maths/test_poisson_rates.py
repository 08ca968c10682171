"""The ratio of two Poisson rates agrees with R's ``poisson.test`` and holds what it promises."""

from math import inf

import numpy as np
import pytest
from scipy.stats import poisson

from vitalfew.maths.poisson_rates import rate_ratio


def test_it_is_that_of_the_manual_of_r():
    """``poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))``."""
    found = rate_ratio(11, 800, 6 + 8 + 7, 1083 + 1050 + 878)
    assert found == pytest.approx((1.971488, 0.8584264, 4.2772659), rel=1e-6)


def test_turned_round_it_is_the_inverse():
    one, other = rate_ratio(4, 120, 9, 300), rate_ratio(9, 300, 4, 120)
    assert other == pytest.approx((1 / one.ratio, 1 / one.high, 1 / one.low))


def test_none_in_one_of_the_times():
    assert rate_ratio(0, 10, 6, 10)[:2] == (0, 0)
    assert rate_ratio(0, 10, 6, 10).high < 1
    assert (rate_ratio(6, 10, 0, 10).ratio, rate_ratio(6, 10, 0, 10).high) == (inf, inf)
    assert rate_ratio(6, 10, 0, 10).low > 1


@pytest.mark.parametrize("asked", [(0, 1, 0, 1), (1, 0, 1, 1), (-1, 1, 1, 1), (1, 1, 1, 1, 1)], ids=str)
def test_what_says_nothing_is_refused(asked):
    with pytest.raises(ValueError, match=r"exposure|nothing|confidence"):
        rate_ratio(*asked)


@pytest.mark.parametrize("true", [0.4, 1.0, 2.5])
def test_it_holds_the_true_ratio_at_least_as_often_as_it_says(true):
    """Summed over all counts that can be, at 6 expected before."""
    covered = 0.0
    for events in range(60):
        for events_0 in range(40):
            chance = poisson.pmf(events, 6 * true) * poisson.pmf(events_0, 6)
            found = rate_ratio(events, 1, events_0, 1) if events + events_0 else None
            covered += chance * (found is None or found.low <= true <= found.high)
    assert 0.95 <= covered <= 1
    assert np.isfinite(covered)
