from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from books import answers, ask, lines

from vitalfew.catalogue import Refusal

NOW = "2025-12-31"
START = date(2023, 1, 1)


def complaints(*rows):
    """(customer, received, first reply, closed, severity, compensation), days after the start."""
    day = lambda number: None if number is None else START + timedelta(days=number)  # noqa: E731
    return pa.table(
        {
            "complaint_id": [f"K{number}" for number in range(len(rows))],
            "customer": [row[0] for row in rows],
            "received_on": [day(row[1]) for row in rows],
            "first_reply_on": pa.array([day(row[2]) for row in rows], pa.date32()),
            "closed_on": pa.array([day(row[3]) for row in rows], pa.date32()),
            "severity": [row[4] for row in rows],
            "compensation": pa.array([row[5] if len(row) > 5 else None for row in rows], pa.float64()),
        }
    )


def steady(code, gap=20, until=1090, since=0):
    return [(code, (START + timedelta(days=day)).isoformat(), 10) for day in range(since, until, gap)]


def by_group(result):
    return {row["group"]: row for row in result.table.to_pylist()}


def book(*, leavers=0, complaining=20, quiet=20):
    """Steady buyers; of those that complain on day 800 the first ones leave for good and had been answered late."""
    rows = [row for n in range(quiet) for row in steady(f"Q{n:02d}")]
    said = []
    for n in range(complaining):
        leaves = n < leavers
        rows += steady(f"C{n:02d}", until=810 if leaves else 1090)
        said.append((f"C{n:02d}", 800, 809 if leaves else 801, None if leaves else 805, "2", None if leaves else 50.0))
    return lines(*rows), complaints(*said)


def test_complaints_that_cost_nothing_have_no_effect():
    rows, said = book()

    result = ask("complaint-effect", rows, NOW, complaints=said)

    row = by_group(result)["All complaints"]
    assert (row["bought"], row["expected"], row["accounts"]) == (1, 1, 20)
    assert row["verdict"] == "cannot_tell"


def test_customers_who_leave_after_a_complaint_are_seen():
    rows, said = book(leavers=10)

    result = ask("complaint-effect", rows, NOW, complaints=said)

    groups = by_group(result)
    assert groups["All complaints"]["bought"] == 0.5
    assert groups["All complaints"]["effect"] == pytest.approx(-50)
    assert groups["All complaints"]["verdict"] == "lower"
    assert groups["All complaints"]["low"] < -50 < groups["All complaints"]["high"] < 0
    assert (groups["Closed quickly"]["bought"], groups["Not closed quickly"]["bought"]) == (1, 0)
    assert result.meta["headline"].startswith(
        "After a complaint 50.0 % bought again within 90 days: −50.0 points against"
    )


def test_a_few_that_all_bought_again_are_no_certainty():
    _rows, said = book(complaining=9)
    staying = [row for letter in "CQ" for n in range(9) for row in steady(f"{letter}{n:02d}")]
    gone = [row for n in range(9) for row in steady(f"S{n:02d}", until=700)]
    rows = lines(*staying, *gone)

    row = by_group(ask("complaint-effect", rows, NOW, complaints=said))["All complaints"]

    assert (row["bought"], row["accounts"]) == (1, 9)
    assert row["low"] < -20
    assert row["low"] < row["effect"] < row["high"]
    assert row["verdict"] == "cannot_tell"


def test_groups_are_by_what_was_done_early_on():
    rows, said = book(leavers=10)

    groups = by_group(ask("complaint-effect", rows, NOW, complaints=said))

    assert groups["2"]["complaints"] == 20
    assert groups["Answered within two days"]["complaints"] == 10
    assert groups["Closed quickly and compensated"]["complaints"] == 10
    assert "Closed quickly, not compensated" not in groups


def test_under_ten_accounts_nothing_is_decided():
    rows, said = book(leavers=5, complaining=9)

    result = ask("complaint-effect", rows, NOW, complaints=said)

    assert {row["verdict"] for row in result.table.to_pylist()} == {"cannot_tell", "too_few"}
    assert result.meta["figures"]["quick_less_slow"] is None
    assert any("cannot be told: too few accounts" in warning for warning in result.meta["warnings"])


def test_complaints_at_random_have_an_effect_of_nought_within_the_interval():
    """Buyers at their own pace who leave at random; complaints fall on their purchases without any consequence."""
    chance = np.random.default_rng(5)
    rows, said = [], []
    for n in range(300):
        pace, gone = chance.uniform(8, 120), chance.exponential(2500)
        days = np.unique(np.cumsum(chance.exponential(pace, 200)).astype(int))
        days = days[days < min(gone, 1090)]
        rows += [(f"C{n:03d}", (START + timedelta(days=int(day))).isoformat(), 10) for day in days]
        said += [(f"C{n:03d}", int(day) + 3, int(day) + 4, int(day) + 9, "1") for day in days if chance.random() < 0.03]

    row = by_group(ask("complaint-effect", lines(*rows), NOW, complaints=complaints(*said)))["All complaints"]

    assert row["accounts"] > 50
    assert row["low"] < 0 < row["high"]
    assert row["verdict"] == "cannot_tell"


def test_service_cases_that_nobody_planted_an_effect_in_have_none(shared):
    """300 companies, made-up escalated cases and won deals that know nothing of each other."""
    folder = shared / "data" / "b2b_crm_cases"
    cases = pq.ParquetFile(folder / "cases.parquet").read(["CaseSeq", "AccountSeq", "Case Created On", "Is Escalated"])
    deals = pq.ParquetFile(folder / "opportunities.parquet").read(["AccountSeq", "Status", "CloseDate", "Value"])
    cases = cases.filter(pc.field("Is Escalated")).to_pydict()
    won = deals.filter(pc.field("Status") == "Won").to_pylist()
    rows = lines(*((str(deal["AccountSeq"]), deal["CloseDate"].date().isoformat(), deal["Value"]) for deal in won))
    days = [(day.date() - START).days for day in cases["Case Created On"]]
    said = complaints(*((str(code), day, day, day, "1") for code, day in zip(cases["AccountSeq"], days, strict=True)))

    row = by_group(ask("complaint-effect", rows, complaints=said, window=30, quick=1))["All complaints"]

    assert row["accounts"] > 250
    assert row["low"] < 0 < row["high"]


def test_windows_that_are_not_over_and_new_accounts_are_left_out():
    rows, _said = book()
    young = complaints(("C00", 1080, 1081, 1082, "1"), ("C01", 30, 31, 32, "1"), ("C02", 800, 801, 805, "1"))

    result = ask("complaint-effect", rows, NOW, complaints=young)

    assert (result.meta["figures"]["complaints"], result.meta["figures"]["followed"]) == (3, 1)
    assert any("2 complaints are left out" in warning for warning in result.meta["warnings"])


def test_satisfaction_of_mended_complaints_against_none():
    rows, said = book(leavers=0)
    day = (START + timedelta(days=900)).isoformat()
    marks = [(f"Q{n:02d}", day, f"q{n}", "overall", 8 + n % 2) for n in range(20)]
    marks += [(f"C{n:02d}", day, f"c{n}", "overall", 6 + n % 2) for n in range(20)]

    result = ask("complaint-effect", rows, NOW, complaints=said, surveys=answers(*marks, low=0))

    groups = by_group(result)
    assert groups["No complaint in the year before"]["score"] == pytest.approx(85)
    assert groups["All closed by then"]["effect"] == pytest.approx(-20)
    assert groups["All closed by then"]["verdict"] == "lower"
    assert groups["No complaint in the year before"]["verdict"] == "baseline"
    assert any("No recovery paradox" in warning for warning in result.meta["warnings"])


def test_the_recovery_paradox_is_called_by_its_name_and_never_planned_on():
    rows, said = book()
    day = (START + timedelta(days=900)).isoformat()
    marks = [(f"Q{n:02d}", day, f"q{n}", "overall", 5 + n % 2) for n in range(20)]
    marks += [(f"C{n:02d}", day, f"c{n}", "overall", 8 + n % 2) for n in range(20)]

    warnings = ask("complaint-effect", rows, NOW, complaints=said, surveys=answers(*marks, low=0)).meta["warnings"]

    assert any(warning.startswith("Recovery paradox") and "never plan on it" in warning for warning in warnings)


def test_a_complaint_open_at_the_answer_is_not_mended():
    rows, _said = book()
    said = complaints(*((f"C{n:02d}", 800, 801, 950, "1") for n in range(20)))
    marks = [(f"C{n:02d}", (START + timedelta(days=900)).isoformat(), "x", "overall", 5) for n in range(20)]

    groups = by_group(ask("complaint-effect", rows, NOW, complaints=said, surveys=answers(*marks, low=0)))

    assert groups["Some still open"]["complaints"] == 20
    assert "All closed by then" not in groups


def test_no_complaints_and_none_old_enough_are_refused():
    rows, _said = book()
    with pytest.raises(Refusal, match="import them first"):
        ask("complaint-effect", rows, NOW)
    with pytest.raises(Refusal, match="old enough"):
        ask("complaint-effect", rows, NOW, complaints=complaints(("C00", 1080, 1081, 1082, "1")))
