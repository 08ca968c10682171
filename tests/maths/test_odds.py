import pytest

from vitalfew.maths.odds import log_odds


def test_nine_of_forty_lost_and_four_of_a_hundred_kept() -> None:
    found = log_odds(9, 40, 4, 100)

    assert found.ratio == pytest.approx(1.8668, abs=5e-5)
    assert found.error == pytest.approx(0.6079, abs=5e-5)


def test_what_nobody_shows_stays_finite_and_unsure() -> None:
    found = log_odds(0, 10, 0, 10)

    assert found.ratio == 0
    assert found.low < -3 < 3 < found.high


def test_more_seen_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0"):
        log_odds(5, 4, 0, 1)
