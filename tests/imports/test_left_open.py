"""A file that leaves something open is kept, asked about, and read with the answer."""

import pandas as pd
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from vitalfew.imports.actions import Job, receive
from vitalfew.imports.models import Import, ImportState, Mapping
from vitalfew.imports.work import read_again, upload_of
from vitalfew.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)
ODD = "Beleg;Wann;Wer;Stück;Geld\nR1;2025-01-05;K1;2;20\nR2;2025-02-05;K2;1;7\n"
ANSWERS = {"order_id": "Beleg", "ordered_on": "Wann", "customer": "Wer", "quantity": "Stück", "amount": "Geld"}


@pytest.fixture
def analyst(client, home):  # noqa: ARG001  (uploads wait in the home)
    client.force_login(
        User.objects.create_user("analyst", role="analyst"), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def upload(client, text, **said):
    file = SimpleUploadedFile("orders.csv", text.encode())
    client.post("/data/upload/", {"kind": "order-lines", "file": file, **said})
    work()
    return Import.objects.latest("pk")


def work():
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)


def answer(client, row, **said):
    client.post(f"/data/{row.pk}/again/", said)
    work()
    row.refresh_from_db()
    return row


def test_unknown_headings_are_chosen_and_kept_for_the_next_file(analyst, home):
    row = upload(analyst, ODD)
    assert row.state == ImportState.REFUSED
    page = analyst.get(f"/data/{row.pk}/").content.decode()
    assert 'name="column-amount"' in page
    assert "<option" in page
    assert "--map" not in page

    answer(analyst, row, keep_as="Kasse", **{f"column-{field}": heading for field, heading in ANSWERS.items()})

    assert (row.state, row.report["rows_accepted"]) == (ImportState.DONE, 2)
    assert Mapping.objects.get(name="Kasse").fields == ANSWERS
    assert not upload_of(home, row).exists()
    assert upload(analyst, ODD.replace("R", "S"), mapping="Kasse").report["rows_accepted"] == 2


def test_the_order_of_day_and_month_is_asked_once(analyst):
    text = "order_id,ordered_on,customer,quantity,amount\n1,03/04/2025,A,1,5\n2,05/04/2025,A,1,5\n"
    row = upload(analyst, text)
    assert (row.state, row.report["reason"]) == (ImportState.REFUSED, "not-a-date")

    answer(analyst, row, date_order="month")

    assert row.report["rows_accepted"] == 2
    assert upload(analyst, text, date_order="day").report["rows_restated"] == 2


def test_an_answer_that_is_none_stores_nothing(analyst, home):
    row = upload(analyst, ODD)

    answer(analyst, row, **{"column-amount": "no such heading"})

    assert row.state == ImportState.REFUSED
    assert upload_of(home, row).exists()


def test_a_file_is_checked_first_and_stored_after_a_second_word(analyst):
    text = "order_id,ordered_on,customer,quantity,amount\n1,2025-01-05,A,1,5\n2,2025-13-05,A,1,5\n"
    row = upload(analyst, text, check="1")
    assert (row.state, row.report["rows_rejected"]) == (ImportState.CHECKED, 1)
    assert analyst.get(f"/data/{row.pk}/").status_code == 200

    answer(analyst, row)

    assert (row.state, row.report["rows_accepted"], row.report["rows_rejected"]) == (ImportState.DONE, 1, 1)


def test_a_file_is_thrown_away(analyst, home):
    row = upload(analyst, ODD)

    analyst.post(f"/data/{row.pk}/discard/")

    assert not upload_of(home, row).exists()
    assert 'name="column-amount"' not in analyst.get(f"/data/{row.pk}/").content.decode()


def test_strict_rejects_strangers_and_keeps_their_rows(home, tmp_path):
    master, orders = tmp_path / "customers.csv", tmp_path / "orders.csv"
    master.write_text("customer,name\nA,Alpha\n")
    orders.write_text("order_id,ordered_on,customer,quantity,amount\n1,2025-01-05,A,1,5\n2,2025-01-05,B,1,7\n")
    receive(Job("customers", master, "test"), home)

    report = receive(Job("order-lines", orders, "test", strict=True), home)

    assert (report.rows_accepted, report.reasons) == (1, {"unknown-customer": 1})
    assert "2,2025-01-05,B,1,7" in (home.imports / str(report.id) / "rejects.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_rejects_come_back_in_the_format_they_came_in(analyst, home, tmp_path, ending):
    file = tmp_path / f"orders{ending}"
    rows = {"order_id": ["1", "2"], "ordered_on": ["2025-01-05", "2025-13-05"], "customer": ["007", "007"]}
    frame = pd.DataFrame({**rows, "quantity": ["1", "1"], "amount": ["5", "6"]})
    {".csv": frame.to_csv, ".xlsx": frame.to_excel}.get(ending, frame.to_parquet)(file, index=False)
    report = receive(Job("order-lines", file, "test", given_name=file.name), home)

    answer = analyst.get(f"/data/{report.id}/rejects/")
    sent = tmp_path / f"again{ending}"
    sent.write_bytes(b"".join(answer.streaming_content).replace(b"2025-13-05", b"2025-11-05"))

    assert answer.headers["Content-Disposition"].endswith(f'{ending}"')
    if ending == ".csv":
        again = receive(Job("order-lines", sent, "test", given_name=sent.name), home)
        assert (again.rows_accepted, again.rows_rejected) == (1, 0)
    else:
        kept = pd.read_excel(sent, dtype=str) if ending == ".xlsx" else pd.read_parquet(sent)
        assert kept["customer"].tolist() == ["007"]
        assert kept["rejected_reason"].tolist() == ["not-a-date"]


def test_a_saved_mapping_is_dropped(analyst):
    row = Mapping.objects.create(name="Kasse", kind="order-lines", fields=ANSWERS)
    assert "Kasse" in analyst.get("/data/").content.decode()

    analyst.post(f"/data/mappings/{row.pk}/drop/")

    assert not Mapping.objects.exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [({"currency": "XYZ"}, "currency code"), ({"mapping": "Kasse"}, "another kind"), ({"mapping": "no"}, "no mapping")],
)
def test_what_is_said_of_a_file_and_cannot_be_is_told_before_anything_is_read(analyst, said, told):
    User.objects.update(language="en")
    Mapping.objects.create(name="Kasse", kind="customers", fields={"name": "Wer"})
    file = SimpleUploadedFile("orders.csv", ODD.encode())

    page = analyst.post("/data/upload/", {"kind": "order-lines", "file": file, **said}, follow=True).content.decode()

    assert told in page
    assert not Import.objects.exists()


def test_the_list_says_why_a_file_was_refused(analyst):
    upload(analyst, ODD)

    page = analyst.get("/data/").content.decode()

    assert "未找到：" in page
    assert "文件中的表头：Beleg、Wann、Wer、Stück、Geld" in page


def test_a_file_asked_for_twice_is_read_once(analyst):
    seen, user = upload(analyst, ODD), User.objects.get(username="analyst")
    read_again(seen, user, {"mapping": ANSWERS})
    work()

    read_again(seen, user, {"mapping": ANSWERS})
    work()

    assert Import.objects.get(pk=seen.pk).state == ImportState.DONE
