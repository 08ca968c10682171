"""Which contracts may not be renewed: by duration, by signs, and what is refused."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import vitalfew
from vitalfew.catalogue import Refusal
from vitalfew.language import say_kept
from vitalfew.maths import roc, sbg

NOW = date(2025, 12, 31)


def contracts(*rows, **signs):
    """(customer, started_on, ended_on or None, value a year)."""
    days = {name: pa.array([row[at] for row in rows], pa.date32()) for at, name in ((1, "started_on"), (2, "ended_on"))}
    values = pa.array([row[3] if len(row) > 3 else None for row in rows], pa.float64())
    return pa.table({"customer": [row[0] for row in rows], **days, "period_value": values, **signs})


def told(table, **options):
    return vitalfew.analyse("renewal", contracts=table, as_of=NOW, options=options)


def cohort():
    """The published cohort: 1,000 contracts of 2018-12-31, the last 241 of which run after seven renewals."""
    left = (1000, 631, 468, 382, 326, 289, 262, 241)
    ends = [date(2018 + k, 12, 31) for k in range(1, 8) for _one in range(left[k - 1] - left[k])] + [None] * left[-1]
    return contracts(*((f"K{n:04}", date(2018, 12, 31), end, 100.0) for n, end in enumerate(ends)))


def test_the_published_cohort_is_told_by_its_duration():
    result = told(cohort())
    fit, rows = result.meta["fit"], result.table.to_pylist()

    assert (fit["alpha"], fit["beta"]) == pytest.approx((0.704, 1.182), abs=5e-4)
    expected = 1 - sbg.retention(fit, 8)
    assert len(rows) == 241
    assert {round(row["probability"], 6) for row in rows} == {round(float(expected), 6)}
    assert rows[0]["money_at_stake"] == pytest.approx(100 * expected, abs=5e-5)
    assert rows[0]["low"] < expected < rows[0]["high"]
    assert (rows[0]["renewals"], str(date.fromordinal(719163 + rows[0]["next_on"]))) == (7, "2026-12-31")
    assert any("No signs" in warning for warning in result.meta["warnings"])


def signed(n=400, seed=3, **more):
    """Contracts of up to eight years; the risk is four times as high without a frame price."""
    rng = np.random.default_rng(seed)
    frame, rows = rng.random(n) < 0.5, []
    for number in range(n):
        start, end = date(int(rng.integers(2018, 2026)), 3, 1), None
        for year in range(start.year + 1, 2026):
            if end is None and rng.random() < (0.06 if frame[number] else 0.24):
                end = date(year, 2, 28)
        rows.append((f"K{number:03}", start, end, 1000.0))
    yes = pa.array(["yes" if each else "no" for each in frame])
    return contracts(*rows, frame_price=yes, **{name: each(n) for name, each in more.items()})


def test_what_speaks_for_the_loss_is_named_in_the_users_own_words():
    result = told(signed())
    rows = result.table.to_pylist()
    by_word = {word: [row for row in rows if (row["reason"] is not None) == word] for word in (True, False)}

    assert result.meta["fit"]["way"] == "signs"
    assert say_kept(by_word[True][0]["reason"], "en").startswith("frame_price: no (")
    assert len(by_word[True]) > 20
    assert np.mean([row["probability"] for row in by_word[True]]) == pytest.approx(0.24, abs=0.06)
    assert np.mean([row["probability"] for row in by_word[False]]) == pytest.approx(0.06, abs=0.03)
    assert any("not learned from" in warning for warning in result.meta["warnings"])
    assert result.meta["figures"]["auc"] > result.meta["figures"]["auc_duration"]
    assert result.meta["figures"]["brier"] < result.meta["figures"]["brier_duration"]


def test_the_order_of_contracts_does_not_matter():
    table = signed(150)
    backwards = table.take(pa.array(range(len(table) - 1, -1, -1)))

    for one, other in zip(told(table).table.to_pylist(), told(backwards).table.to_pylist(), strict=True):
        assert one["customer"] == other["customer"]
        assert one["probability"] == pytest.approx(other["probability"], rel=1e-6)


def test_a_sign_filled_in_after_the_end_is_suspected():
    table = signed()
    after = pa.array(["cancelled" if end.is_valid else "running" for end in table["ended_on"]])

    warnings = told(table.append_column("state", after)).meta["warnings"]

    assert any("filled in after the end" in warning for warning in warnings)


def test_columns_of_every_kind_are_read_and_useless_ones_named():
    n = 400
    rng = np.random.default_rng(1)
    table = signed(
        visits=lambda n: pa.array([None if each % 9 == 0 else each % 7 for each in range(n)], pa.int32()),
        last_visit=lambda n: pa.array([date(2025, 1 + each % 12, 5) for each in range(n)], pa.date32()),
        abroad=lambda n: pa.array(rng.random(n) < 0.3),
        branch=lambda n: pa.array([f"B{each % 5}" for each in range(n)]).dictionary_encode(),
        note=lambda n: pa.array([f"note {each}" for each in range(n)]),
        site=lambda n: pa.array(["上海"] * n),
        tags=lambda n: pa.array([["a"]] * n),
    )
    result = told(table)

    assert set(result.meta["fit"]["signs"]) <= {"frame_price", "visits", "last_visit", "abroad", "branch"}
    assert any("Nothing is learned from note, site" in warning for warning in result.meta["warnings"])
    assert result.table.num_rows < n


def test_signs_are_not_learned_from_few_losses():
    warnings = told(signed(60)).meta["warnings"]

    assert any("losses to learn from" in warning for warning in warnings)


def test_an_end_that_is_known_ahead_is_the_next_renewal_and_the_period_is_the_users():
    rows = (
        ("A", date(2022, 5, 1), date(2026, 4, 30), 10.0),
        ("B", date(2025, 3, 31), None, None),
        ("C", date(2022, 1, 1), date(2023, 1, 1), 9.0),
    )
    yearly, monthly = (
        {row["customer"]: row for row in told(contracts(*rows), period=p).table.to_pylist()} for p in (12, 1)
    )

    assert date.fromordinal(719163 + yearly["A"]["next_on"]) == date(2026, 4, 30)
    assert date.fromordinal(719163 + yearly["B"]["next_on"]) == date(2026, 3, 31)
    assert date.fromordinal(719163 + monthly["B"]["next_on"]) == date(2026, 1, 31)
    assert (yearly["B"]["renewals"], monthly["B"]["renewals"]) == (0, 9)
    assert yearly["B"]["money_at_stake"] is None
    assert "C" not in yearly


def test_what_cannot_be_told_is_refused_in_words():
    running, over = ("A", date(2022, 5, 1), None, 1.0), ("B", date(2022, 5, 1), date(2024, 5, 1), 1.0)

    with pytest.raises(Refusal, match="its first and last day"):
        vitalfew.analyse("renewal", as_of=NOW)
    with pytest.raises(Refusal, match="No contract has ended"):
        told(contracts(running))
    with pytest.raises(Refusal, match="No contract runs"):
        told(contracts(over))
    with pytest.raises(Refusal, match="No contract has ended"):
        told(contracts(running).slice(0, 0))
    with pytest.raises(Refusal, match="lacks the columns started_on"):
        told(contracts(running, over).drop_columns(["started_on"]))


def test_rows_that_make_no_sense_are_left_out_and_counted():
    rows = (
        ("A", date(2022, 5, 1), None, 1.0),
        ("B", date(2022, 5, 1), date(2024, 5, 1), 1.0),
        (None, date(2022, 5, 1), None, 1.0),
        ("D", date(2022, 5, 1), date(2021, 5, 1), 1.0),
        ("E", date(2026, 5, 1), None, 1.0),
    )
    result = told(contracts(*rows))

    assert result.table["customer"].to_pylist() == ["A"]
    assert any(warning.startswith("2 contracts are left out") for warning in result.meta["warnings"])


def telephone(shared):
    """5,000 contracts that had run for so many months when some of them ended."""
    read = pq.read_table(shared / "data" / "mlc_churn" / "mlc_churn.parquet")
    month = np.datetime64("2025-12") - read["account_length"].to_numpy()
    start = np.minimum(month.astype("M8[D]") + 30, (month + 1).astype("M8[D]") - 1)
    ended = pa.array([NOW if each == "yes" else None for each in read["churn"].to_pylist()], pa.date32())
    days = {"started_on": pa.array(start), "ended_on": ended}
    signs = read.drop_columns(["churn", "account_length"])
    return pa.table(
        {"customer": [f"K{n:04}" for n in range(len(read))], **days}
        | dict(zip(signs.column_names, signs.columns, strict=True))
    )


def test_telephone_customers_are_told_beforehand(shared):
    """A linear logit reaches an AUC of about .82, trees about .91; .1223 is the Brier score of telling all the same."""
    result = told(telephone(shared))
    fit, found = result.meta["fit"], result.meta["figures"]

    assert (fit["way"], fit["n"], found["losses"]) == ("pairs", 4957, 707)
    assert fit["watched_since"] == "2024-12-30"
    assert found["auc"] > 0.9
    assert found["brier"] < 0.055
    assert found["brier_skill"] > 0.55
    assert fit["calibration_error"] < 0.02
    assert found["brier_duration"] == pytest.approx(0.1223, abs=5e-4)
    assert any("recorded as ended before 31 December 2025" in warning for warning in result.meta["warnings"])


def test_what_some_telephone_customers_teach_holds_for_the_others(shared):
    """A third is taken for running; what is told of them, against what happened."""
    table = telephone(shared)
    third = np.arange(len(table)) % 3 == 0
    lost = table["ended_on"].is_valid().to_numpy()
    place = table.schema.get_field_index("ended_on")
    hidden = pa.array(
        [None if hide else end for hide, end in zip(third, table["ended_on"].to_pylist(), strict=True)], pa.date32()
    )
    rows = {
        row["customer"]: row["probability"]
        for row in told(table.set_column(place, "ended_on", hidden)).table.to_pylist()
    }
    asked = [code for code, hide in zip(table["customer"].to_pylist(), third, strict=True) if hide]

    assert roc.auc(np.array([rows[code] for code in asked]), lost[third].astype(float)).auc > 0.88


def alike(n, ended, value=100.0, start=date(2022, 6, 1)):
    return [(f"K{k:02}", start, date(2023, 6, 1) if k < ended else None, value) for k in range(n)]


@pytest.mark.parametrize(
    "table",
    [
        contracts(*alike(2, 1)),
        contracts(*alike(80, 40)),
        contracts(*alike(80, 79)),
        contracts(*[("ONE", *row[1:]) for row in alike(80, 40)], sign=list(range(80))),
        contracts(*alike(80, 40), sign=[1e300 if k == 3 else k for k in range(80)]),
        contracts(*alike(80, 40), sign=pa.array([None] * 80, pa.float64())),
        contracts(*alike(80, 40), sign=[float("nan"), float("inf")] * 40),
        contracts(*alike(80, 40), state=["over"] * 40 + ["runs"] * 40),
        contracts(*alike(80, 40, value=-5.0)),
        contracts(*alike(80, 40, value=1e15)),
        contracts(*alike(80, 40, start=date(1950, 1, 1))),
        contracts(("A", date(2025, 12, 31), None, 1.0), ("B", date(2025, 12, 31), date(2025, 12, 31), 1.0)),
    ],
)
@pytest.mark.parametrize("period", [1, 12, 120])
def test_strange_contracts_get_figures_within_their_bounds(table, period):
    result = told(table, period=period)

    for row in result.table.to_pylist():
        assert 0 <= row["low"] <= row["probability"] <= row["high"] <= 1
        assert 0 <= row["by_duration"] <= 1
        assert row["money_at_stake"] >= 0
    assert all(value is None or np.isfinite(value) for value in result.meta["figures"].values())
    assert not any("nan" in warning or "{" in warning for warning in result.meta["warnings"])


def test_running_contracts_are_worth_what_fader_and_hardie_say_not_what_one_rate_says():
    result = told(cohort(), discount_rate=0.1)
    found, fit = result.meta["figures"], result.meta["fit"]

    each = sbg.discounted_residual_lifetime({"alpha": 0.7041, "beta": 1.1820}, 8, 0.1)
    assert found["running_value"] == pytest.approx(241 * 100 * each / 1.1 ** (365 / 365.25), rel=2e-3)
    assert found["new_contract_payments"] == pytest.approx(3.6951, abs=1e-3)
    assert found["running_value_at_one_rate"] < found["running_value"] / 2
    assert (fit["lasting"], set(fit["bdw"])) == ("sbg", {"alpha", "beta", "c", "log_likelihood", "bic"})
    assert any("the same share were lost" in warning for warning in result.meta["warnings"])


def test_a_risk_that_rises_with_each_renewal_is_named():
    rng = np.random.default_rng(8)
    rows = []
    for number in range(1500):
        theta = rng.beta(2.0, 14.0)
        kept = [k for k in range(1, 12) if rng.random() > 1 - (1 - theta) ** (k**1.9 - (k - 1) ** 1.9)]
        lost = next((k for k in range(1, 12) if k not in kept), None)
        rows.append((f"K{number:04}", date(2014, 12, 31), date(2014 + lost, 12, 31) if lost else None, 100.0))

    result = told(contracts(*rows))

    assert result.meta["fit"]["lasting"] == "bdw"
    assert any("rises from renewal to renewal" in warning for warning in result.meta["warnings"])
