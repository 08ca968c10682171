import numpy as np
import pyarrow.parquet as pq
import pytest

from vitalfew.maths import ets
from vitalfew.maths.accuracy import mase, scale, seasonal_naive
from vitalfew.maths.outlooks import NONE, OCCASIONAL, STEP, WAYS, Teller
from vitalfew.maths.short_series import level, levelled, occasional, same_season

RNG = np.random.default_rng(12)


def missed(came: np.ndarray, told: np.ndarray) -> float:
    return float(np.nansum(np.abs(came - told)) / np.nansum(np.where(np.isnan(told), 0, came)))


def test_a_level_is_smoothed_as_its_recursion_says() -> None:
    row = RNG.gamma(4, 5, 20)

    found = level(row[None, :])

    current = row[0]
    for seen, came in enumerate(row[1:], start=2):
        current += max(found.weight[0], 1 / seen) * (came - current)
    assert found.level[0] == pytest.approx(current)


def test_the_time_before_the_first_period_changes_no_level() -> None:
    rows = RNG.gamma(4, 5, (5, 20))
    late = np.column_stack([np.full((5, 4), np.nan), rows])

    assert level(late).level == pytest.approx(level(rows).level)


def test_a_season_comes_back_at_its_place() -> None:
    factors = np.array([0.5, 1.5, 1.0])
    rows = 10 * np.tile(factors, 5)[None, :]

    told = levelled(rows, np.tile(factors, 5), factors, 1.0)

    assert told.mean[0] == pytest.approx(10 * factors)
    assert same_season(rows, 3, 3, 1.0).mean[0] == pytest.approx(10 * factors)


def test_demand_so_rare_that_nothing_is_likely_keeps_its_mean_inside() -> None:
    told = occasional(np.array([[1.0] + [0.0] * 25 + [1.0] + [0.0] * 9]), 1, 0.9)

    assert 0 < told.mean[0, 0] <= told.high[0, 0]


def test_quantiles_of_occasional_demand_hold_what_comes() -> None:
    shape = (4_000, 48)
    series = np.where(RNG.random(shape) < 0.3, RNG.gamma(2, 10, shape), 0.0)

    told = occasional(series[:, :-1], 1, 0.9, fading=0.05)

    assert np.mean(series[:, -1] <= told.high[:, 0]) == pytest.approx(0.95, abs=0.02)
    assert (told.low == 0).all()


def test_what_is_chosen_knows_nothing_of_what_it_is_judged_by() -> None:
    series = RNG.gamma(3, 4, (60, 40))
    other = series.copy()
    other[:, -STEP:] *= 50
    teller = Teller(np.ones(12))

    told, again = teller.judged(series).told, teller.judged(other).told

    assert told.mean == pytest.approx(again.mean)
    assert told.high == pytest.approx(again.high)


def test_too_few_periods_have_no_outlook() -> None:
    series = np.full((2, 12), np.nan)
    series[0, -3:] = 5.0
    series[1, -4:] = 5.0

    found = Teller(np.ones(12)).outlook(series, 2)

    assert found.way[0] == NONE
    assert np.isnan(found.told.mean[0]).all()
    assert found.told.mean[1] == pytest.approx([5.0, 5.0])


def test_a_mean_never_stands_without_its_interval() -> None:
    series = np.full((3, 12), np.nan)
    series[0, -4:], series[1, -5:], series[2] = 5.0, [4.0, 5, 6, 5, 4], RNG.gamma(4, 5, 12)

    told = Teller(np.ones(12)).outlook(series, 2).told

    assert np.isfinite(told.mean).all()
    assert (told.low <= told.mean).all()
    assert (told.high >= told.mean).all()


def test_the_first_order_tells_no_rate() -> None:
    """Every account begins with an order; one that orders every third month must not be taken to order more."""
    series = np.tile([90.0, 0, 0], 4)[None, :11]

    told = Teller(np.ones(24)).outlook(series, 3).told

    assert told.mean[0] == pytest.approx([30.0] * 3, rel=0.2)


def test_rare_demand_takes_the_occasional_way_while_no_year_before_is_known() -> None:
    series = np.zeros((4, 10))
    series[:, ::4] = 7.0

    assert WAYS[Teller(np.ones(12)).outlook(series, 1).way[0]] == WAYS[OCCASIONAL]


def test_intervals_hold_as_much_as_asked_even_of_errors_far_from_normal() -> None:
    series = 100 * np.exp(RNG.standard_t(3, (800, 42)) * 0.3)

    judged = Teller(np.ones(12), 0.8).judged(series)

    assert judged.covered == pytest.approx(0.85, abs=0.05)


def test_spare_parts_are_foretold_better_than_by_the_year_before(shared) -> None:
    """Car parts, 51 months of 2,674 spare parts (Hyndman et al. 2008): the last six months, told from what came before."""
    table = pq.ParquetFile(shared / "data" / "carparts" / "carparts.parquet").read()
    months, parts = (table[name].combine_chunks().dictionary_encode() for name in ("month", "part"))
    series = np.full((len(parts.dictionary), len(months.dictionary)), np.nan)
    order = np.argsort(np.argsort(np.array([str(month) for month in months.dictionary.to_pylist()])))
    series[parts.indices.to_numpy(), order[months.indices.to_numpy()]] = table["demand"].to_numpy(zero_copy_only=False)
    series = series[~np.isnan(series[:, 24:]).any(axis=1)]

    judged = Teller(np.ones(12)).judged(series)

    assert missed(judged.came, judged.told.mean) < missed(judged.came, judged.naive)
    assert 0.85 < judged.covered < 0.99


def test_business_series_are_foretold_better_than_by_the_year_before(shared) -> None:
    """M1 competition, monthly series of 48 months and more: 18 months ahead by exponential smoothing."""
    rows = pq.ParquetFile(shared / "data" / "m1_monthly" / "m1_monthly.parquet").read().to_pandas()
    errors, naive = [], []
    for _name, series in rows.groupby("series"):
        fit, came = (series[series.part == part].sort_values("i").value.to_numpy() for part in ("x", "xx"))
        if fit.size < 48 or came.size < 18 or np.isnan(scale(fit, 12)[0]):
            continue
        told = ets.forecast(fit[None, -48:], 18).mean
        errors.append(mase(came, told, fit, 12)[0])
        naive.append(mase(came, seasonal_naive(fit, 18, 12), fit, 12)[0])
        if len(errors) == 60:
            break

    assert np.mean(errors) < np.mean(naive)
