"""Lifetime value on the published sample, from its raw purchases."""

import math
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pytest
from books import ask, lines

import vitalfew
from vitalfew.catalogue import Refusal


@pytest.fixture(scope="module")
def cdnow():
    """The 1/10 sample of CDNOW as the package `lifetimes` ships it."""
    package = Path(find_spec("lifetimes").submodule_search_locations[0])
    rows = [
        line.split() for line in (package / "datasets" / "CDNOW_sample.txt").read_text().splitlines() if line.strip()
    ]
    return pa.table(
        {
            "order_id": [f"O{number}" for number in range(len(rows))],
            "customer": [row[1] for row in rows],
            "ordered_on": [row[2] for row in rows],
            "quantity": [row[3] for row in rows],
            "amount": [row[4] for row in rows],
        }
    )


def fit(cdnow, model="bg-nbd", **options):
    return vitalfew.analyse("lifetime", order_lines=cdnow, as_of="1997-09-30", options={"model": model, **options})


def test_bg_nbd_as_published(cdnow):
    result = fit(cdnow, horizon="39")
    found = result.meta["fit"]

    assert found["n"] == 2357
    assert found["log_likelihood"] == pytest.approx(-9582.43, abs=0.005)
    assert [found[name] for name in ("r", "alpha", "a", "b")] == pytest.approx([0.243, 4.414, 0.793, 2.426], abs=5e-4)
    one = next(row for row in result.table.to_pylist() if row["customer"].lstrip("0") == "1")
    assert (one["frequency"], round(one["expected_purchases"], 3)) == (2, 1.226)


def test_pareto_nbd_as_published(cdnow):
    found = fit(cdnow, model="pareto-nbd").meta["fit"]

    assert found["log_likelihood"] == pytest.approx(-9594.976, abs=0.005)
    assert [found[name] for name in ("r", "alpha", "s", "beta")] == pytest.approx(
        [0.553, 10.58, 0.606, 11.66], abs=0.01
    )


def test_gamma_gamma_as_published(cdnow):
    found = fit(cdnow).meta["fit"]

    assert found["spend_accounts"] == 946
    assert [found[name] for name in ("p", "q", "v")] == pytest.approx([6.25, 3.74, 15.44], abs=0.01)


def test_the_unit_of_time_changes_no_forecast(cdnow):
    weeks, days = fit(cdnow, horizon="52w"), fit(cdnow, horizon="364d", time_unit="day")

    assert days.meta["figures"]["total"] == pytest.approx(weeks.meta["figures"]["total"], rel=1e-4)


def test_a_customers_summary_is_fitted_straight():
    summary = pa.table(
        {
            "customer": [str(n) for n in range(60)],
            "frequency": [0, 1, 3] * 20,
            "recency": [0.0, 2, 9] * 20,
            "T": [9.0, 9, 10] * 20,
        }
    )

    result = vitalfew.analyse("lifetime", customers_summary=summary)

    assert result.meta["fit"]["n"] == 60
    assert result.meta["figures"]["total"] is None


def test_values_lie_in_their_intervals_and_nothing_is_nan(cdnow):
    for row in fit(cdnow).table.to_pylist():
        assert row["low"] <= row["high"]
        assert all(value is None or not isinstance(value, float) or math.isfinite(value) for value in row.values())


def test_too_few_accounts_are_refused_in_words():
    with pytest.raises(Refusal, match="too few"):
        ask("lifetime", lines(("A", "2025-01-05", 10), ("B", "2025-02-05", 10)))
