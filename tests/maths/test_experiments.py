"""Campaigns: published figures, other packages' answers, and what makes no sense."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact, ttest_ind

from vitalfew.maths.experiments import (
    accounts_for_means,
    accounts_for_shares,
    cuped,
    fisher,
    least_effect,
    lift,
    ratio,
)
from vitalfew.maths.trials import Trial
from vitalfew.maths.uplift import gains, qini
from vitalfew.maths.welch import Mean, difference

HILLSTROM = {"mens": (3894, 21307), "womens": (3238, 21387), "none": (2262, 21306)}
"""Visits in the two weeks after an e-mail to 64,000 customers, by thirds (Hillstrom 2008)."""


def test_the_size_of_a_trial_of_ten_against_twelve_percent() -> None:
    assert accounts_for_shares(0.12, 0.10) == accounts_for_shares(0.10, 0.12) == 3841


def test_shares_of_hillstroms_email_test() -> None:
    shares = {arm: round(100 * seen / of, 2) for arm, (seen, of) in HILLSTROM.items()}

    assert shares == {"mens": 18.28, "womens": 15.14, "none": 10.62}


def test_lifts_of_hillstroms_email_test() -> None:
    mens, womens = (lift(*HILLSTROM[arm], *HILLSTROM["none"]) for arm in ("mens", "womens"))

    assert 100 * mens.difference == pytest.approx(18.28 - 10.62, abs=0.01)
    assert 100 * womens.difference == pytest.approx(15.14 - 10.62, abs=0.01)
    assert 0.06 < mens.low < mens.difference < mens.high < 0.09
    assert mens.p < 1e-100
    assert not mens.exact


def test_card_and_kruegers_difference_in_differences() -> None:
    """Full-time jobs a restaurant: New Jersey 20.44 to 21.03, Pennsylvania 23.33 to 21.17; printed 2.76 (1.36)."""
    new_jersey, pennsylvania = Mean(21.03 - 20.44, 0.54**2, 309), Mean(21.17 - 23.33, 1.25**2, 75)

    found = difference(new_jersey, pennsylvania)

    assert found is not None
    assert found.mean == pytest.approx(2.76, abs=0.011)
    assert np.sqrt(new_jersey.variance + pennsylvania.variance) == pytest.approx(1.36, abs=0.005)
    assert found.p == pytest.approx(2 * (1 - 0.977), abs=0.01)  # t = 2.03


def test_the_qini_example() -> None:
    bought, treated = np.array([1, 0, 1, 0, 0, 1], bool), np.array([1, 0, 1, 0, 1, 0], bool)

    assert gains(bought, treated).tolist() == [1, 1, 2, 2, 2, 1]
    assert qini(bought, treated) == pytest.approx(0.916667, abs=5e-7)
    assert qini(bought, np.ones(6, bool)) is None


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
def test_fisher_agrees_with_scipy(a: int, n: int, c: int, m: int) -> None:
    a, c = min(a, n), min(c, m)

    assert fisher(a, n, c, m) == pytest.approx(fisher_exact([[a, n - a], [c, m - c]])[1], abs=1e-9)


def test_small_cells_are_counted_exactly_and_large_ones_by_the_normal_curve() -> None:
    assert lift(8, 10, 3, 10).exact
    assert not lift(80, 100, 30, 100).exact
    assert lift(5, 5, 7, 7).p == 1
    assert lift(0, 5, 0, 7).difference == 0


def test_cuped_leaves_the_variance_that_correlation_leaves() -> None:
    rng = np.random.default_rng(7)
    before = rng.normal(100, 20, 4000)
    treated = rng.random(4000) < 0.5
    outcome = 0.8 * before + rng.normal(0, 12, 4000) + 5 * treated

    found = cuped(outcome, before, treated)

    rho = np.corrcoef(outcome - 5 * treated, before)[0, 1]
    assert found.theta == pytest.approx(0.8, abs=0.02)
    assert found.left == pytest.approx(1 - rho**2, abs=0.01)
    assert found.values.mean() == pytest.approx(outcome.mean())
    assert found.values[treated].mean() - found.values[~treated].mean() == pytest.approx(5, abs=1)


def test_cuped_changes_nothing_where_nothing_was_known() -> None:
    values = np.array([1.0, 2.0, 3.0])

    found = cuped(values, np.zeros(3), np.array([True, False, True]))

    assert found.values.tolist() == values.tolist()
    assert (found.theta, found.left) == (0, 1)


def test_fiellers_interval_holds_one_value_exactly_where_welch_says_so() -> None:
    """At an end r of the interval, m1 - r m0 is just as far from 0 as its error allows."""
    one, zero = Mean(3.0, 0.04, 40), Mean(2.0, 0.02, 30)

    ends = ratio(one, zero)

    assert ends is not None
    distances = [abs(3 - r * 2) / np.sqrt(0.04 + r * r * 0.02) for r in ends]
    assert distances[0] == pytest.approx(distances[1])
    assert ratio(one, Mean(0.1, 0.02, 30)) is None
    assert ratio(one, Mean(-2.0, 0.02, 30)) is None


def test_what_could_have_been_seen_and_how_many_it_takes_agree() -> None:
    n = accounts_for_means(100.0, 5.0)

    assert n == 63
    assert least_effect(2 * 100.0 / 63) == pytest.approx(5.0, abs=0.02)
    assert accounts_for_means(100.0, 0.0) is None
    with pytest.raises(ValueError, match="different"):
        accounts_for_shares(0.1, 0.1)


def trial(**more: object) -> Trial:
    rng = np.random.default_rng(3)
    treated = np.arange(60) < 30
    value = rng.normal(100, 10, 60) + 10 * treated
    parts: dict[str, object] = {
        "cluster": np.arange(60), "treated": treated, "value": value, "known": np.zeros(60), "windows": np.zeros((60, 4)),
    }  # fmt: skip
    return Trial(**{**parts, **more})  # type: ignore[arg-type]


def test_without_anything_known_before_it_is_welchs_test() -> None:
    given_ = trial()
    expected = ttest_ind(given_.value[given_.treated], given_.value[~given_.treated], equal_var=False)

    found = given_.effect(0.1)

    ends = expected.confidence_interval()
    assert (found["low"], found["high"]) == pytest.approx((ends.low, ends.high))
    assert found["change"] == pytest.approx(found["effect"])


def test_companies_of_one_group_hang_together() -> None:
    alone = trial().effect(0.1)
    twins = np.arange(30).repeat(2)
    together = trial(cluster=twins, value=trial().value[(np.arange(60) // 2) * 2]).effect(0.1)

    assert isinstance(alone["high"], float)
    assert isinstance(together["high"], float)
    assert together["high"] - together["effect"] > 1.2 * (alone["high"] - alone["effect"])  # type: ignore[operator]


def test_the_course_before_is_compared() -> None:
    rising = np.arange(4) * 5.0 * (np.arange(60) < 30)[:, None] + np.random.default_rng(1).normal(0, 1, (60, 4))

    assert trial(windows=rising).basis()["ran_apart_p"] < 1e-6  # type: ignore[operator]
    assert trial().basis()["ran_apart_p"] is None
