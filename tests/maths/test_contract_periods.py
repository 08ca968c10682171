"""Days become renewals, as a calendar counts them."""

import numpy as np
import pytest

from vitalfew.maths.contract_periods import least_risk, passed, renewal_day, watched


def days(*written: str) -> np.ndarray:
    return np.array(written, "M8[D]").astype(np.int64)


NOW = int(days("2025-12-31")[0])


def test_a_renewal_is_over_on_its_day_and_not_the_day_before() -> None:
    start = days("2023-03-15")

    assert [int(passed(start, int(days(day)[0]), 12)[0]) for day in ("2025-03-14", "2025-03-15")] == [1, 2]
    assert [int(passed(start, int(days(day)[0]), 6)[0]) for day in ("2023-09-14", "2023-09-15")] == [0, 1]


@pytest.mark.parametrize("months", [1, 3, 12])
def test_the_next_renewal_lies_ahead_and_the_last_behind(months: int) -> None:
    start = np.arange(NOW - 1500, NOW, 7)
    over = passed(start, NOW, months)

    assert (renewal_day(start, over + 1, months) > NOW).all()
    assert (renewal_day(start, over, months) <= NOW).all()


def test_a_contract_that_ended_was_lost_at_the_nearest_renewal_and_would_be_older_by_now() -> None:
    start = days("2020-01-01", "2020-01-01", "2020-01-01")
    end = days("2021-12-31", "2020-03-01", "2025-12-31")
    found = watched(start, end, np.array([True, True, False]), NOW, 12)

    assert found.since is None
    assert found.renewals.seen.tolist() == [2, 1, 5]
    assert found.renewals.due.tolist() == [5, 5, 5]
    assert found.renewals.first.tolist() == [0, 0, 0]


def test_losses_that_are_known_for_the_last_year_only_are_weighed_against_its_renewals_only() -> None:
    start = NOW - np.arange(400, 4400, 40)
    end, lost = np.full(100, NOW), np.arange(100) % 8 == 0
    found = watched(start, end, lost, NOW, 12)

    assert found.since is not None
    assert (found.renewals.seen - found.renewals.first <= 1).all()
    few = watched(start[:16], end[:16], np.arange(16) == 0, NOW, 12)
    assert few.since is None


def test_what_is_not_due_binds_and_the_contract_least_at_risk_counts() -> None:
    account, due = np.array([0, 0, 1, 1, -1]), np.array([True, True, True, False, True])
    chance = np.array([0.5, 0.2, 0.9, 0.8, 1.0])
    found = least_risk(account, due, (chance, chance / 2, chance), np.array([10, np.nan, 5, 7, 9.0]), 3)

    assert found.runs.tolist() == [True, True, False]
    assert found.chance.tolist() == [0.2, 0.0, 0.0]
    assert found.low.tolist() == [0.1, 0.0, 0.0]
    assert found.money.tolist() == [10.0, 5.0, 0.0]


def test_a_record_of_two_years_is_two_years_of_renewals() -> None:
    """Three in ten are lost at each renewal; only losses of the last two years are recorded, on days all over the year."""
    rng = np.random.default_rng(7)
    start = NOW - rng.integers(400, 3600, 4000)
    lost_at = rng.geometric(0.3, 4000)
    end = renewal_day(start, lost_at, 12)
    lost = (end <= NOW) & (end > NOW - 730)
    kept = lost | (end > NOW)
    found = watched(start[kept], np.where(lost, end, NOW)[kept], lost[kept], NOW, 12)

    assert found.since is not None
    assert NOW - 745 < found.since <= NOW - 730 + 15
    came = (found.renewals.seen - found.renewals.first).sum()
    assert found.renewals.lost.sum() / came == pytest.approx(0.3, abs=0.015)
