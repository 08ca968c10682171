import numpy as np
import pytest

from vitalfew.maths import accuracy

LAST_YEAR = [427.0, 383, 394, 473]
CAME = np.array([420.0, 390, 410, 488, 415, 398, 419, 488, 414, 374])


def test_beer_as_printed() -> None:
    """Australian beer, the seasonal naive forecast of 2008 Q1 to 2010 Q2 (Hyndman & Athanasopoulos, FPP2, 3.4)."""
    told = accuracy.seasonal_naive(LAST_YEAR, 10, season=4)

    assert accuracy.rmse(CAME, told)[0] == pytest.approx(14.31, abs=0.005)
    assert accuracy.mae(CAME, told)[0] == pytest.approx(13.40, abs=0.005)
    assert accuracy.mape(CAME, told)[0] == pytest.approx(0.0317, abs=5e-5)
    assert accuracy.mae(CAME, told)[0] / 14.30 == pytest.approx(0.94, abs=0.005)


def test_mase_divides_by_the_naive_error_of_the_history() -> None:
    history = [1.0, 2, 3, 4, 3, 4, 5, 6]

    assert accuracy.scale(history, 4)[0] == 2.0
    assert accuracy.mase([9.0], [8.0], history, 4)[0] == 0.5


def test_what_is_undefined_is_not_a_number() -> None:
    assert np.isnan(accuracy.mape([0.0, 1], [1.0, 1])).all()
    assert np.isnan(accuracy.mase([1.0], [1.0], [5.0, 5, 5])).all()
    assert np.isnan(accuracy.mase([1.0], [1.0], [5.0], season=12)).all()
    assert np.isnan(accuracy.wape([0.0], [1.0])).all()
    assert np.isnan(accuracy.bias([0.0], [1.0])).all()


def test_periods_without_a_forecast_are_left_out() -> None:
    came, told = [10.0, 20.0], [np.nan, 19.0]

    assert accuracy.mae(came, told)[0] == 1.0
    assert accuracy.wape(came, told)[0] == 0.05
    assert accuracy.bias(came, told)[0] == -0.05
    assert accuracy.coverage(came, [np.nan, 18.0], [np.nan, 21.0])[0] == 1.0


def test_the_quantile_loss_is_least_at_the_quantile() -> None:
    came = np.random.default_rng(1).gamma(2.0, 5.0, (1, 4_000))
    tried = np.linspace(1, 40, 200)

    best = tried[np.argmin([accuracy.pinball(came, np.full_like(came, f), 0.9)[0] for f in tried])]

    assert best == pytest.approx(np.quantile(came, 0.9), abs=0.3)


def test_currency_changes_no_relative_figure() -> None:
    rng = np.random.default_rng(2)
    history, came, told = rng.gamma(2, 9, (3, 24)), rng.gamma(2, 9, (3, 6)), rng.gamma(2, 9, (3, 6))

    for figure in (accuracy.wape, accuracy.bias, accuracy.mape):
        assert figure(came, told) == pytest.approx(figure(came * 7, told * 7))
    assert accuracy.mase(came, told, history) == pytest.approx(accuracy.mase(came * 7, told * 7, history * 7))


@pytest.mark.parametrize("quantile", [0.0, 1.0])
def test_no_quantile_at_the_ends(quantile: float) -> None:
    with pytest.raises(ValueError, match="quantile"):
        accuracy.pinball([1.0], [1.0], quantile)
