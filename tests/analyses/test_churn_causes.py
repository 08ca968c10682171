"""Why accounts leave: the demo book's planted truth, and small books by hand."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.analyses.churn_causes import CAUSES, FORCES
from vitalfew.catalogue import Refusal
from vitalfew.demobook import generate
from vitalfew.terms import ChurnCause
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromTables


@pytest.fixture(scope="module")
def demo():
    return generate()


def told(tables, **options):
    engine = DuckEngine()
    return start(FromTables(engine, tables), engine).result("churn-causes", **options)


def kept_and_lost():
    rows = []
    for n in range(20):
        until = date(2025, 6, 1) if n < 4 else date(2025, 12, 31)
        day = date(2024, 1, 3) + timedelta(days=n)
        while day <= until:
            rows.append((f"C{n:02d}", day.isoformat(), 100 + n))
            day += timedelta(days=14)
    return lines(*rows)


def complaint(number, customer, received, closed=None, category="quality"):
    return {
        "complaint_id": number, "customer": customer, "received_on": date.fromisoformat(received), "category": category,
        "first_reply_on": date.fromisoformat(received), "closed_on": date.fromisoformat(closed) if closed else None,
    }  # fmt: skip


@pytest.fixture(scope="module")
def small():
    complaints = pa.Table.from_pylist(
        [
            complaint("1", "C00", "2025-04-20"),
            complaint("2", "C01", "2025-05-20", "2025-05-25", "competition"),
            complaint("3", "C10", "2025-05-20", "2025-05-30"),
        ]
    )
    return ask("churn-causes", kept_and_lost(), "2025-12-31", complaints=complaints)


def test_an_open_complaint_and_a_reported_rival_are_the_causes_shown(small):
    rows = by_account(small)

    assert {"C00", "C01", "C02", "C03"} == set(rows)
    assert (rows["C00"]["cause"], rows["C00"]["force"]) == ("unresolved_complaint", "our_failure")
    assert (rows["C01"]["cause"], rows["C01"]["force"]) == ("foul_play", "competitor")
    assert rows["C00"]["open_complaints"] == 1


def test_a_complaint_never_answered_is_slow_by_the_days_so_far(small):
    stopped = {code: date(1970, 1, 1) + timedelta(days=row["stopped"]) for code, row in by_account(small).items()}
    waiting, settled = (
        complaint(code, code, (stopped[code] - timedelta(days=20)).isoformat()) | {"first_reply_on": None}
        for code in ("C02", "C03")
    )
    settled["closed_on"] = settled["received_on"] + timedelta(days=2)

    def causes(*complaints):
        told = ask("churn-causes", kept_and_lost(), "2025-12-31", complaints=pa.Table.from_pylist(complaints))
        return {code: row["cause"] for code, row in by_account(told).items()}

    answered = complaint("1", "C10", "2025-05-20", "2025-05-30")
    assert causes(answered, waiting, settled) == dict.fromkeys(("C00", "C01", "C03"), "unknown") | {
        "C02": "neglect_small"
    }
    never = answered | {"first_reply_on": None, "closed_on": None}
    assert set(causes(never, waiting, settled).values()) == {"unknown"}


def test_a_promise_not_kept_in_the_half_year_before_is_a_cause(small):
    stopped = {code: date(1970, 1, 1) + timedelta(days=row["stopped"]) for code, row in by_account(small).items()}
    said = {"C00": (100, "late"), "C01": (100, "kept"), "C02": (200, "broken"), "C03": (5, "open")}
    promises = pa.Table.from_pylist(
        [
            {"customer": code, "due": stopped[code] - timedelta(days=ago), "state": state}
            for code, (ago, state) in said.items()
        ]
    )

    rows = by_account(ask("churn-causes", kept_and_lost(), "2025-12-31", promises=promises))

    causes = {code: rows[code]["cause"] for code in said}
    assert causes == {"C00": "broken_promise", "C01": "unknown", "C02": "unknown", "C03": "broken_promise"}


def test_a_share_cut_in_the_half_year_before_is_a_cause(small):
    stopped = {code: date(1970, 1, 1) + timedelta(days=row["stopped"]) for code, row in by_account(small).items()}
    got = {"C00": (100, 79), "C01": (100, 80), "C02": (200, 0), "C03": (-1, 0)}
    allotted = pa.Table.from_pylist(
        [
            {"customer": code, "product": "P", "decided_on": stopped[code] - timedelta(days=ago), "needed": 100, "given": given}
            for code, (ago, given) in got.items()
        ]
    )  # fmt: skip

    rows = by_account(ask("churn-causes", kept_and_lost(), "2025-12-31", allotted=allotted))

    assert [rows[code]["cause"] for code in got] == ["broken_promise", "unknown", "unknown", "unknown"]


def test_a_contact_that_left_within_the_year_is_a_cause(small):
    stopped = date(1970, 1, 1) + timedelta(days=by_account(small)["C02"]["stopped"])
    left = {"C02": stopped - timedelta(days=300), "C03": stopped - timedelta(days=400)}
    contacts = pa.Table.from_pylist(
        [{"contact_id": code, "customer": code, "name": "李", "left_on": day} for code, day in left.items()]
    )

    rows = by_account(ask("churn-causes", kept_and_lost(), "2025-12-31", contacts=contacts))

    assert (rows["C02"]["cause"], rows["C03"]["cause"]) == ("staff_departure", "unknown")


def test_a_complaint_closed_before_it_would_have_bought_is_resolved(small):
    complaints = pa.Table.from_pylist([complaint("1", "C00", "2025-03-20", "2025-05-20")])

    told = by_account(ask("churn-causes", kept_and_lost(), "2025-12-31", complaints=complaints))["C00"]

    assert (told["cause"], told["open_complaints"]) == ("unknown", 0)
    assert by_account(small)["C00"]["evidence"].endswith("still so when it would have bought")


def test_a_line_never_delivered_is_late_once_its_day_has_passed():
    rows = kept_and_lost().to_pylist()
    for row in rows:
        promised = row["ordered_on"] + timedelta(days=5)
        broken = row["customer"] == "C00" and row["ordered_on"] > date(2024, 11, 1)
        row |= {"promised_on": promised, "delivered_on": None if broken else promised}
    for row in rows[-1], next(row for row in reversed(rows) if row["customer"] == "C01"):
        row |= {"promised_on": date(2026, 3, 1), "delivered_on": None}

    told = by_account(ask("churn-causes", pa.Table.from_pylist(rows), "2025-12-31"))

    assert (told["C00"]["cause"], told["C00"]["late_share"]) == ("broken_promise", 1.0)
    assert (told["C01"]["cause"], told["C01"]["late_share"]) == ("unknown", 0.0)


def test_without_evidence_the_cause_is_not_known(small):
    rows = by_account(small)

    assert {rows[code]["cause"] for code in ("C02", "C03")} == {"unknown"}
    assert rows["C02"]["causes_shown"] == 0
    assert rows["C02"]["weight"] is None


def test_shares_have_their_interval_and_few_accounts_are_said(small):
    figures = small.meta["figures"]

    assert (figures["accounts"], figures["known"], figures["our_failure"]) == (4, 2, 1)
    assert figures["our_share_low"] < figures["our_share"] == 0.5 < figures["our_share_high"]
    assert any("uncertain" in warning for warning in small.meta["warnings"])
    assert any("'wallet'" in warning for warning in small.meta["warnings"])


def test_what_happened_after_it_stopped_is_no_cause():
    complaints = pa.Table.from_pylist([complaint("1", "C00", "2025-11-20")])

    assert (
        by_account(ask("churn-causes", kept_and_lost(), "2025-12-31", complaints=complaints))["C00"]["cause"]
        == "unknown"
    )


def test_the_reason_the_account_gave_stands_beside(demo):
    plain = by_account(told(demo.tables))
    code = next(iter(plain))
    reasons = pa.table({"customer": [code, "nobody"], "cause": ["foul_play", "weather"]})

    rows = by_account(told(demo.tables | {"loss_reasons": reasons}))

    assert rows[code]["recorded_cause"] == "foul_play"
    assert {key: value for key, value in rows[code].items() if key != "recorded_cause"} == {
        key: value for key, value in plain[code].items() if key != "recorded_cause"
    }
    assert all(row["recorded_cause"] == "unknown" for each, row in rows.items() if each != code)


def test_four_in_five_causes_planted_in_the_demo_book_are_found(demo):
    rows = by_account(told(demo.tables))
    truth = [row for row in demo.truth.to_pylist() if row["cause"] is not None]
    found = [row for row in truth if row["customer"] in rows]

    assert len(found) >= 0.9 * len(truth)
    assert sum(rows[row["customer"]]["cause"] == row["cause"] for row in found) >= 0.75 * len(found)
    assert sum(rows[row["customer"]]["force"] == row["force"] for row in found) >= 0.8 * len(found)


def test_every_cause_has_its_force():
    assert set(FORCES) == set(ChurnCause)
    assert CAUSES[-1] == ChurnCause.UNKNOWN


def test_a_book_that_nobody_leaves_is_refused_in_words():
    rows = lines(*((f"C{n:02d}", f"2025-{month:02d}-{1 + n:02d}", 10) for n in range(12) for month in range(1, 13)))

    with pytest.raises(Refusal, match="nothing to explain"):
        ask("churn-causes", rows, "2025-12-31")


def test_reasons_given_are_held_against_the_evidence(demo):
    truth = [row for row in demo.truth.to_pylist() if row["cause"] is not None]
    reasons = pa.table({"customer": [row["customer"] for row in truth], "cause": [row["cause"] for row in truth]})

    result = told(demo.tables | {"loss_reasons": reasons})
    rows, figures = result.table.to_pylist(), result.meta["figures"]
    gave = [row for row in rows if row["recorded_cause"] != "unknown"]
    same = sum(row["cause"] == row["recorded_cause"] for row in gave)

    assert figures["reasons"] == len(gave) > 10
    assert figures["agreed"] == pytest.approx(same / len(gave))
    assert figures["kappa_low"] < figures["kappa"] < figures["kappa_high"]
    assert 0.6 < figures["kappa"] < figures["agreed"] < figures["force_agreed"]
    assert any("kappa" in warning for warning in result.meta["warnings"])


def test_fewer_than_ten_reasons_tell_no_agreement(small):
    assert (small.meta["figures"]["reasons"], small.meta["figures"]["kappa"]) == (0, None)
    assert not any("kappa" in warning for warning in small.meta["warnings"])
