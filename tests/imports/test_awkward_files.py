"""Each awkward file ends as its list of expectations says, through the same action as the command and the upload."""

import csv
from decimal import Decimal

import pytest

from vitalfew.imports.actions import Job, receive
from vitalfew.imports.models import Import, ImportState
from vitalfew.warehouse.engines.duck import connect, current_sql
from vitalfew.warehouse.readers import Options, Refused
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

FILES = [
    "01_ok_gb18030.csv", "02_ok_utf8_bom_semicolon.csv", "03_title_and_total.csv", "04_three_bad_rows.csv",
    "05_fullwidth_thousands.csv", "06_returns.csv", "07_duplicate_row.csv", "08_missing_column.csv",
    "09_broken_encoding.csv", "10_awkward_names.csv", "11_error_cell_hidden_sheet.xlsx", "12_unpacks_to_150mb.xlsx",
]  # fmt: skip


def expected(shared, name):
    with (shared / "bad-inputs" / "expected.csv").open(encoding="utf-8-sig") as file:
        return next(row for row in csv.DictReader(file) if row["file"] == name)


def stored(home):
    snapshot = Store(home.facts).ledger(ORDER_LINES).snapshot()
    return connect().execute(current_sql(snapshot, "count(*), sum(amount)")).fetchall()[0]


def within(count, text):
    low, _dash, high = text.partition("-")
    return int(low) <= count <= int(high or low)


@pytest.mark.parametrize("name", FILES)
def test_file_ends_as_expected(name, shared, home):
    wanted = expected(shared, name)
    job = Job("order-lines", shared / "bad-inputs" / name, "test", given_name=name)

    if wanted["whole_file"] == "refuse":
        with pytest.raises(Refused):
            receive(job, home)
        assert stored(home)[0] == 0
        assert Import.objects.get().state == ImportState.REFUSED
        return

    report = receive(job, home)
    assert within(report.rows_accepted, wanted["accept"])
    assert within(report.rows_rejected, wanted["reject"])
    assert report.rows_read == report.rows_accepted + report.rows_rejected + report.rows_unchanged
    assert stored(home) == (report.rows_accepted, Decimal(wanted["sum_of_accepted_amounts"].split()[1]))


@pytest.mark.parametrize("name", ["01_ok_gb18030.csv", "04_three_bad_rows.csv"])
def test_the_same_file_again_stores_nothing(name, shared, home):
    job = Job("order-lines", shared / "bad-inputs" / name, "test", given_name=name)
    first = receive(job, home)
    before = stored(home)

    again = receive(job, home)

    assert (again.rows_accepted, again.rows_unchanged) == (0, first.rows_accepted)
    assert stored(home) == before


def test_rejected_rows_mended_and_sent_again_complete_the_import(shared, home, tmp_path):
    name = "04_three_bad_rows.csv"
    report = receive(Job("order-lines", shared / "bad-inputs" / name, "test", given_name=name), home)
    with open(report.rejects_file, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["rejected_row"], row["rejected_field"], row["rejected_reason"]) for row in rows] == [
        ("4", "ordered_on", "not-a-date"), ("7", "amount", "not-a-number"), ("8", "customer", "missing"),
    ]  # fmt: skip

    rows[0]["订单日期"], rows[1]["金额"], rows[2]["客户编码"] = "2023-02-28", "5024.88", "KH-05"
    mended = tmp_path / "mended.csv"
    with mended.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    again = receive(Job("order-lines", mended, "test", given_name="mended.csv"), home)

    assert (again.rows_accepted, again.rows_rejected) == (3, 0)
    assert stored(home)[0] == 8


def test_cells_beyond_the_headings_are_kept_and_the_rows_can_be_sent_again(home, tmp_path):
    file = tmp_path / "lines.csv"
    file.write_text(
        'order_id,line_no,ordered_on,customer,quantity,amount\nO1,1,2025-01-05,C1,1,1,234,"a, b"\nO2,1,,C1,1,5\n'
    )
    report = receive(Job("order-lines", file, "test", given_name="lines.csv"), home)
    for rejected in (2, 1):
        with open(report.rejects_file, encoding="utf-8-sig", newline="") as kept:
            rows = list(csv.DictReader(kept))
        assert [row["rejected_rest"] for row in rows] == ['234,"a, b"', ""][:rejected]
        assert report.rows_rejected == rejected
        rows[0]["amount"] = rows[-1]["amount"] = "x" if rejected == 2 else "1234"
        rows[-1]["ordered_on"] = "2025-01-06"
        again = tmp_path / f"again{rejected}.csv"
        with again.open("w", encoding="utf-8-sig", newline="") as target:
            writer = csv.DictWriter(target, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows[:1])
        report = receive(Job("order-lines", again, "test", given_name=again.name), home)

    assert (report.rows_accepted, report.rows_rejected) == (1, 0)
    assert stored(home)[0] == 1


@pytest.mark.parametrize("said", ["rmb", "cny", "人民币", " CNY "])
def test_the_currency_said_for_a_file_is_kept_by_its_code(home, tmp_path, said):
    file = tmp_path / "lines.csv"
    file.write_text("order_id,line_no,ordered_on,customer,quantity,amount\nO1,1,2025-01-05,C1,1,10\n")
    receive(Job("order-lines", file, "test", Options(currency=said)), home)

    source = current_sql(Store(home.facts).ledger(ORDER_LINES).snapshot(), "currency")
    assert connect().execute(source).fetchall() == [("CNY",)]


@pytest.mark.parametrize(("said", "reason"), [("XYZ", "unknown_currency"), ("$", "ambiguous_currency")])
def test_what_is_no_currency_is_refused(home, tmp_path, said, reason):
    file = tmp_path / "lines.csv"
    file.write_text("order_id,line_no,ordered_on,customer,quantity,amount\nO1,1,2025-01-05,C1,1,10\n")

    with pytest.raises(Refused, match="Write the three letters") as refused:
        receive(Job("order-lines", file, "test", Options(currency=said)), home)

    assert refused.value.reason == reason


def test_a_mended_row_of_a_file_without_line_numbers_keeps_its_place(home, tmp_path):
    lines = "order_id,ordered_on,customer,quantity,amount\nO1,2025-01-05,C1,1,10\nO1,2025-01-05,,1,20\nO1,2025-01-05,C1,1,30\n"
    file = tmp_path / "lines.csv"
    file.write_text(lines)
    report = receive(Job("order-lines", file, "test", given_name="lines.csv"), home)

    with open(report.rejects_file, encoding="utf-8-sig", newline="") as rejected:
        row = next(csv.DictReader(rejected))
    assert row["line_no"] == "2"
    row["customer"] = "C1"
    mended = tmp_path / "mended.csv"
    mended.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n")
    receive(Job("order-lines", mended, "test", given_name="mended.csv"), home)

    assert stored(home) == (3, Decimal("60.0000"))
