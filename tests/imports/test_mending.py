"""Rejected rows wait on Today until they are mended, left out, or a month old; what else was noticed is told."""

import csv
import io
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from django.utils import timezone
from openpyxl import load_workbook
from typer.testing import CliRunner

from vitalfew.imports.actions import Job, receive
from vitalfew.imports.models import Import
from vitalfew.imports.rejects import given_back
from vitalfew.imports.worklist import waiting
from vitalfew.outlets.cli.app import app
from vitalfew.people.models import AuditEntry, User
from vitalfew.warehouse.staging import NOTES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
HEAD = "order_id,line_no,ordered_on,customer,quantity,amount\n"
BAD = HEAD + "O1,1,2025-01-05,A,1,10\nO2,1,2025-13-05,A,1,20\nO3,1,2025-13-06,A,0,30\n"


@pytest.fixture
def ann():
    return User.objects.create_user("ann", role="analyst", language="en")


@pytest.fixture
def brought(home, tmp_path):
    def bring(name, text):
        file = tmp_path / name
        file.write_text(text)
        return receive(Job("order-lines", file, "test", given_name=name), home)

    return bring


@pytest.fixture
def row(brought):
    return Import.objects.get(pk=brought("orders.csv", BAD).id)


def asked(user):
    return [(int(task.url.strip("/").rpartition("/")[2]), task.why.figures["n"].value) for task in waiting(user)]


def mended(row, home, keep=2):
    lines = (home.imports / str(row.pk) / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    return "\n".join([lines[0], *lines[1 : keep + 1]]).replace("2025-13-05", "2025-11-05")


@pytest.mark.parametrize("named", [True, False])
def test_rows_sent_again_wait_no_longer_and_what_is_still_wrong_waits_instead(home, ann, row, brought, named):
    assert asked(ann) == [(row.pk, 2)]

    again = brought(f"rejects-{row.pk} (1).csv" if named else "mended.csv", mended(row, home))

    assert asked(ann) == [(again.id, 1)]


def test_another_file_of_the_kind_closes_nothing(ann, row, brought):
    brought("others.csv", BAD.replace("O", "P").replace("2025-13-0", "2025-11-0"))

    assert asked(ann) == [(row.pk, 2)]


def test_which_of_two_is_meant_is_not_guessed(home, ann, row, brought):
    other = brought("second.csv", BAD.replace("O", "P"))

    brought("mended.csv", mended(row, home).replace("2025-13-06", "2025-11-06"))

    assert asked(ann) == [(other.id, 2), (row.pk, 2)]


def test_they_are_left_out_and_asked_for_again(ann, row, client):
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    assert "Leave these rows out" in client.get(f"/data/{row.pk}/").content.decode()

    page = client.post(f"/data/{row.pk}/leave-out/", follow=True).content.decode()
    assert f"/data/{row.pk}/ask-again/" in page
    assert "Leave these rows out" not in page
    assert asked(ann) == []

    client.post(f"/data/{row.pk}/ask-again/")
    assert asked(ann) == [(row.pk, 2)]
    steps = AuditEntry.objects.filter(subject=f"import:{row.pk}").order_by("number")
    assert [(each.action, each.changes.get("rows")) for each in steps][1:] == [
        ("import-leave", 2),
        ("import-reopen", 2),
    ]


def test_only_who_may_import_leaves_rows_out(row, client):
    User.objects.create_user("bob", role="manager")
    client.force_login(User.objects.get(username="bob"), backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(f"/data/{row.pk}/leave-out/").status_code in {403, 404}
    assert Import.objects.get(pk=row.pk).open_rejects == 2


def test_after_a_month_nobody_is_asked_any_more(ann, row):
    Import.objects.filter(pk=row.pk).update(started_at=timezone.now() - timedelta(days=31))

    assert asked(ann) == []


def test_what_was_noticed_about_accepted_rows_is_told(home, ann, brought, client, tmp_path, monkeypatch):
    odd = brought("odd.csv", HEAD + "O1,1,2025-01-05,A,0,10\n")
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")

    assert "The quantity is zero." in client.get(f"/data/{odd.id}/").content.decode()

    monkeypatch.setenv("VITALFEW_HOME", str(home.folder))
    (tmp_path / "more.csv").write_text(HEAD + "O9,1,2025-01-05,A,0,10\n")
    said = CliRunner().invoke(app, ["--lang", "en", "import", "order-lines", str(tmp_path / "more.csv")])
    assert "zero_quantity: The quantity is zero." in said.output


@pytest.mark.parametrize(("ending", "read"), [(".csv", "csv"), (".xlsx", "xlsx"), (".parquet", "parquet")])
def test_a_file_of_rejected_rows_says_why_in_the_language_of_its_reader(home, row, brought, ending, read):
    kept = home.imports / str(row.pk) / "rejects.csv"

    for language, word in (("zh-hans", "日期"), ("en", "date of the calendar")):
        heading, *rows = read_back(given_back(kept, ending, language).read(), read)
        assert heading[-6:] == [*NOTES, "rejected_why"]
        assert [word in each[-1] for each in rows] == [True, True]

    text = given_back(kept, ".csv", "en").read().decode("utf-8-sig").replace("2025-13-05", "2025-11-05")
    again = brought(f"rejects-{row.pk}.csv", text)
    left = (home.imports / str(again.id) / "rejects.csv").read_text(encoding="utf-8-sig")
    assert "rejected_why" not in left.splitlines()[0]


def read_back(content, kind):
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    if kind == "parquet":
        table = pq.read_table(io.BytesIO(content))
        return [table.column_names, *(list(each.values()) for each in table.to_pylist())]
    rows = load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True)
    return [[cell or "" for cell in each] for each in rows]
