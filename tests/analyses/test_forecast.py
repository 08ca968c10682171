import numpy as np
import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal
from vitalfew.demobook import generate
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromTables

START = np.datetime64("2022-01", "M")


def monthly(**accounts):
    """Order lines of one order a month, the months ending with December 2025; 0 is a month without an order."""
    rows = []
    for code, amounts in accounts.items():
        end = np.datetime64("2025-12", "M")
        for back, amount in enumerate(reversed(list(amounts))):
            if amount:
                rows.append((code, f"{end - back}-10", round(float(amount), 2)))
    return lines(*rows)


def told(result, code):
    return [row for row in result.table.to_pylist() if row["customer"] == code]


def test_the_worked_example():
    rows = told(ask("forecast", monthly(A=[10, 12, 8, 10, 12, 8]), "2025-12-31", horizon=3), "A")

    assert [row["mean"] for row in rows] == [10, 10, 10]
    assert [row["period"] for row in rows] == [
        int(np.datetime64(day).astype(int)) for day in ("2026-01-01", "2026-02-01", "2026-03-01")
    ]
    assert all(row["low"] <= row["mean"] <= row["high"] for row in rows)


def test_too_short_a_history_is_told_and_has_no_figure():
    result = ask("forecast", monthly(A=[10] * 24, B=[5, 5]), "2025-12-31")

    row = told(result, "B")[0]
    assert (row["method"], row["mean"], row["low"], row["high"]) == ("too_short", None, None, None)
    assert any("fewer than 4 whole months" in warning for warning in result.meta["warnings"])


def test_what_is_bought_now_and_then_is_a_chance_times_a_size():
    amounts = ([0] * 5 + [60]) * 1 + [0, 0, 60]

    row = told(ask("forecast", monthly(A=[60, *amounts])), "A")[0]

    assert row["method"] == "occasional"
    assert row["low"] == 0
    assert 0 < row["mean"] < 60 < row["high"]


def test_a_season_is_foretold():
    year = np.array([20, 20, 20, 20, 20, 300, 300, 20, 20, 20, 20, 20.0])
    accounts = {f"A{n}": np.tile(year * n, 4) * np.random.default_rng(n).uniform(0.9, 1.1, 48) for n in range(1, 6)}

    result = ask("forecast", monthly(**accounts), "2025-12-31", horizon=12)

    means = [row["mean"] for row in told(result, "A3")]
    assert np.argsort(means)[-2:].tolist() in ([5, 6], [6, 5])
    assert told(result, "A3")[0]["seasonality"] > 0.64


def test_a_shift_of_level_is_flagged_with_its_month():
    rng = np.random.default_rng(4)
    amounts = np.concatenate([rng.normal(100, 5, 20), rng.normal(40, 5, 10)])

    row = told(ask("forecast", monthly(A=amounts, B=rng.normal(100, 5, 30))), "A")[0]

    assert np.datetime64(row["changed_on"], "D") == np.datetime64("2025-03-01")
    assert row["mean"] < 60


@pytest.fixture(scope="module")
def crowd():
    """Two hundred accounts of three years with season, noise and trend, and the year that followed."""
    rng = np.random.default_rng(8)
    t = np.arange(48)
    level = rng.lognormal(7, 1, (200, 1))
    season = 1 + 0.4 * np.sin(2 * np.pi * (t + rng.integers(0, 2, (200, 1))) / 12)
    amounts = level * season * np.exp(rng.normal(0, 0.01, (200, 1)) * t) * rng.gamma(6, 1 / 6, (200, 48))
    return np.maximum(amounts.round(2), 0.01)


def test_intervals_hold_what_came_about_as_often_as_they_say(crowd):
    known = monthly(**{f"A{n:03d}": row[:36] for n, row in enumerate(crowd)})

    result = ask("forecast", known, "2025-12-31", horizon=12, confidence=0.9)

    table = result.table.to_pandas()
    came = crowd[:, 36:].ravel()
    inside = np.mean((came >= table["low"]) & (came <= table["high"]))
    assert 0.85 < inside < 0.96
    assert abs(result.meta["figures"]["covered"] - inside) < 0.1


def test_it_beats_repeating_last_year(crowd):
    known = monthly(**{f"A{n:03d}": row[:36] for n, row in enumerate(crowd)})

    result = ask("forecast", known, "2025-12-31", horizon=12)

    error = np.abs(result.table.to_pandas()["mean"].to_numpy().reshape(200, 12) - crowd[:, 36:]).sum()
    naive = np.abs(crowd[:, 24:36] - crowd[:, 36:]).sum()
    assert error < 0.9 * naive
    later = ask("forecast", monthly(**{f"A{n:03d}": row for n, row in enumerate(crowd)}), "2025-12-31").meta["figures"]
    assert later["wape"] < later["wape_last_year"]


def test_what_it_is_judged_by_knows_no_later_season(crowd):
    """With three years, the season is proven now, and was not six months ago."""
    known = {f"A{n:03d}": row[:36] for n, row in enumerate(crowd)}
    other = {code: np.concatenate([row[:30], row[30:] * 3]) for code, row in known.items()}

    one, two = (ask("forecast", monthly(**each), "2025-12-31", fitted=0) for each in (known, other))

    came = sum(row[30:].sum() for row in known.values())
    told = [(1 + each.meta["figures"]["bias"]) * times * came for each, times in ((one, 1), (two, 3))]
    assert told[0] == pytest.approx(told[1], rel=1e-6)


def test_the_same_book_gives_the_same_figures(crowd):
    known = monthly(**{f"A{n:03d}": row[:30] for n, row in enumerate(crowd[:30])})

    assert ask("forecast", known).table.equals(ask("forecast", known).table)


def test_the_months_foretold_begin_after_the_last_whole_month():
    row = told(ask("forecast", monthly(A=[10] * 12), "2025-12-20"), "A")[0]

    assert np.datetime64(row["period"], "D") == np.datetime64("2025-12-01")


@pytest.mark.parametrize(
    "rows",
    [
        lines(*(("A", "2025-03-05", 10) for _ in range(5)), ("A", "2025-09-05", -10)),
        monthly(A=[-5] * 14),
        monthly(A=[1] * 30 + [10**9] + [1] * 5),
        monthly(A=[7] * 36, B=[1]),
    ],
)
def test_degenerate_books_give_finite_figures_or_none(rows):
    for row in ask("forecast", rows, "2025-12-31").table.to_pylist():
        for name in ("mean", "low", "high"):
            assert row[name] is None or (np.isfinite(row[name]) and row[name] >= 0)


def test_no_whole_month_is_refused_in_words():
    with pytest.raises(Refusal, match="whole month"):
        ask("forecast", lines(("A", "2025-12-05", 10)), "2025-12-20")


def test_a_falling_account_above_its_last_year_says_so():
    amounts = [200 - n for n in range(12)] + [20 - n / 10 for n in range(12)] + [60 - n for n in range(12)]

    found = by_account(ask("trend", monthly(A=amounts, B=amounts[::-1]), "2025-12-31"))

    assert (found["A"]["direction"], found["A"]["course"]) == ("falling", "past_its_peak")
    assert found["A"]["growth"] > 0
    assert (found["B"]["direction"], found["B"]["growth"] > 0, found["B"]["course"]) == ("rising", True, "as_it_seems")
    assert np.datetime64(found["A"]["changed_on"], "D") == np.datetime64("2025-01-01")


def test_an_account_that_bought_nothing_this_year_has_stopped():
    found = by_account(ask("trend", monthly(A=[100.0] * 24 + [0.0] * 12, B=[100.0] * 36), "2025-12-31"))

    assert found["A"]["course"] == "stopped"


def test_a_yearly_rate_needs_two_whole_years():
    rows = pa.concat_tables([monthly(A=[100] * 12 + [110] * 12 + [121] * 12, B=[5] * 20)])

    found = by_account(ask("trend", rows, "2025-12-31"))

    assert found["A"]["cagr"] == pytest.approx(0.10)
    assert found["B"]["cagr"] is None


def test_the_picture_shows_the_whole_book():
    engine = DuckEngine()
    result = start(FromTables(engine, generate(accounts=60, months=40).tables), engine).result("forecast")
    book, rows = result.meta["fit"]["book"], result.table.to_pylist()

    assert len(book["months"]) == len(book["past"]) == 24 + 6
    assert sum(book["mean"][24:]) == pytest.approx(sum(row["mean"] or 0 for row in rows), rel=1e-6)
    assert all(
        low <= mean <= high for low, mean, high in zip(*(book[n][24:] for n in ("low", "mean", "high")), strict=True)
    )
    assert [row["period"] for row in rows[:6]] == book["months"][24:]
    assert result.chart().spec["past"][:24] == book["past"][:24]


def test_a_book_too_young_to_be_tried_has_no_band():
    result = ask("forecast", lines(*(("A", f"2025-{month:02}-05", 100) for month in range(1, 7))), "2025-06-30")

    assert result.meta["fit"]["book"]["low"][24:] == [None] * 6
    assert result.chart().png()


def test_months_before_the_book_began_are_not_compared_with():
    young, whole = (ask("forecast", monthly(A=[10.0] * n), "2025-12-31") for n in (10, 12))

    assert young.meta["figures"]["same_months_last_year"] is None
    assert "a year before" not in young.meta["headline"]
    assert whole.meta["figures"]["same_months_last_year"] == pytest.approx(60)
    assert "a year before" in whole.meta["headline"]
