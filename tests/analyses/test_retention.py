"""Retention beyond the rate: cohorts, survival, and who is active by rule and by model."""

import numpy as np
import pytest
from books import ask, lines

from vitalfew.demobook import generate
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromTables


def yearly(**bought):
    """A purchase in January of each year named."""
    return lines(*((code, f"{year}-01-10", 100) for code, years in bought.items() for year in years))


@pytest.fixture(scope="module")
def cohorts():
    book = yearly(A=(2023, 2024), B=(2024, 2025), C=(2024,), D=(2025,))
    return ask("retention", book, "2025-12-31")


def test_cohorts_are_pooled_over_those_that_reached_the_period(cohorts):
    rows = cohorts.meta["fit"]["cohorts"]

    assert [(row["age"], row["accounts"], row["kept"]) for row in rows] == [(1, 3, 2), (2, 1, 0)]
    assert [row["survival"] for row in rows] == pytest.approx([2 / 3, 0])
    assert rows[0]["low"] < 2 / 3 < rows[0]["high"]


def test_a_yearly_rate_is_a_root_a_month_and_a_life_only_if_it_lasts(cohorts):
    figures = cohorts.meta["figures"]

    assert figures["logo_retention"] == pytest.approx(1 / 3)
    assert figures["monthly_retention"] ** 12 == pytest.approx(1 / 3)
    assert figures["expected_life_years"] == pytest.approx(1.5)
    assert any("if this rate were the same" in warning for warning in cohorts.meta["warnings"])


def test_survival_needs_ten_accounts_seen_for_so_long(cohorts):
    assert cohorts.meta["figures"]["survival_1y"] is None


def test_survival_counts_who_went_silent_for_a_year():
    stay = {f"S{n}": (2022, 2023, 2024, 2025) for n in range(12)}
    gone = {f"G{n}": (2022,) for n in range(3)}

    figures = ask("retention", yearly(**stay, **gone), "2025-12-31").meta["figures"]

    assert figures["survival_1y"] == pytest.approx(12 / 15)
    assert figures["survival_1y_low"] < 0.8 < figures["survival_1y_high"]


def test_rule_and_model_agree_on_how_many_of_the_demo_book_are_active():
    book, engine = generate(), DuckEngine()
    figures = start(FromTables(engine, book.tables), engine).result("retention").meta["figures"]
    truth = sum(row["left_on"] is None and row["kind"] != "one_off" for row in book.truth.to_pylist())

    assert figures["active_by_rule"] == pytest.approx(truth, rel=0.12)
    assert figures["expected_alive"] == pytest.approx(truth, rel=0.12)


def come_and_go(accounts, seed, halves):
    """Accounts met at any time within six years that buy every month or so; their lifetimes' means in years, by half."""
    rng, rows, end = np.random.default_rng(seed), [], np.datetime64("2025-12-31")
    for number in range(accounts):
        met = rng.uniform(0, 2190)
        left = min(met + rng.exponential(365 * halves[int(met > 1095)]), 2190)
        days = met + np.concatenate([[0.0], np.cumsum(rng.exponential(30, 90))])
        rows += [(f"C{number:04d}", str(end - 2190 + int(day)), 100) for day in days[days <= left]]
    return ask("retention", lines(*rows), str(end))


def test_survival_is_that_of_the_lifetimes_behind_it():
    """Who left in the last year is not known to be lost yet: counting that year as stayed put .70 in the place of .58.

    The last purchase comes a usual gap, 30 days, before an account leaves.
    """
    figures = come_and_go(4000, 3, (2.0, 2.0)).meta["figures"]

    assert figures["survival_1y"] == pytest.approx(np.exp(-(365 + 30) / 730), abs=0.03)
    assert figures["survival_2y"] == pytest.approx(np.exp(-(730 + 30) / 730), abs=0.03)
    assert figures["newer_p"] > 0.01


def test_accounts_won_later_that_leave_sooner_are_told():
    result = come_and_go(800, 5, (3.0, 0.8))
    figures = result.meta["figures"]

    assert figures["newer_p"] < 0.001
    assert figures["newer_survival_1y"] < figures["earlier_survival_1y"] - 0.2
    assert any("won later stay shorter" in warning for warning in result.meta["warnings"])
    assert any("won later stay longer" in warning for warning in come_and_go(800, 5, (0.8, 3.0)).meta["warnings"])


def test_few_losses_compare_nobody(cohorts):
    assert cohorts.meta["figures"]["newer_p"] is None


def test_the_headline_says_of_which_months_it_speaks():
    rows = lines(
        *((code, f"{year}-{month:02d}-05", 100) for code in "AB" for year in (2023, 2024) for month in range(1, 13))
    )

    year, half = (ask("retention", rows, "2024-12-31", months=months).meta["headline"] for months in (12, 6))

    assert year.startswith("2 of 2 accounts of the year before bought again; 100 % of its revenue")
    assert half.startswith("2 of 2 accounts of the 6 months before bought again; 100 % of their revenue")


def test_who_has_bought_in_the_month_that_has_begun_has_bought_again():
    book = lines(("A", "2024-03-10", 100), ("B", "2024-03-10", 100), ("B", "2026-03-05", 100), ("C", "2026-03-05", 9))

    figures = ask("retention", book, "2026-03-12").meta["figures"]

    assert (figures["accounts"], figures["kept"], figures["lost"], figures["won"]) == (2, 1, 1, 0)
