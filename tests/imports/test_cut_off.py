"""An import that is cut off at its worst moments loses neither its file nor a word of its report."""

import pytest
from django.db import OperationalError

from vitalfew.imports import actions, work
from vitalfew.imports.actions import settle
from vitalfew.imports.models import Import, ImportState
from vitalfew.imports.work import bring_in, lay_down, read_again, refresh, throw_away, upload_of
from vitalfew.people.models import AuditEntry, User
from vitalfew.warehouse import compaction
from vitalfew.warehouse.ledger import Overtaken
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = b"order_id,line_no,ordered_on,customer,quantity,amount\nO1,1,2025-01-05,A,1,10\nO1,1,2025-01-05,A,2,20\nO2,1,x,A,1,1\n"


class Away:
    """The database answers no more, from a step of the import on."""

    def __init__(self, monkeypatch, module, name):
        self.monkeypatch = monkeypatch
        monkeypatch.setattr(module, name, self.raised)

    def raised(self, *_given, **_named):
        self.monkeypatch.setattr(actions, "_close", self.away)
        self.away()

    def away(self, *_given):
        raise OperationalError("connection refused")


@pytest.fixture
def row(home):
    made = Import.objects.create(kind="order-lines", file="orders.csv", who="ann")
    lay_down(home, made, [TEXT])
    return made


def begun_again(home, row):
    """As a worker does whose predecessor is gone."""
    Import.objects.filter(pk=row.pk, state=ImportState.READING).update(process="gone")
    settle(home)
    bring_in.func(row.pk)
    row.refresh_from_db()


def refreshes():
    return work.DBTaskResult.objects.filter(task_path=refresh.module_path).count()


def test_a_file_whose_reading_was_cut_off_is_read_by_whoever_begins_again(home, row, monkeypatch):
    with monkeypatch.context() as patch:
        Away(patch, actions, "stage")
        with pytest.raises(OperationalError):
            bring_in.func(row.pk)
    assert upload_of(home, row).exists()

    begun_again(home, row)

    assert (row.state, row.report["rows_accepted"], upload_of(home, row).exists()) == (ImportState.DONE, 1, False)
    assert refreshes() == 1


def test_one_that_was_committed_is_completed_with_its_rejects_its_entry_and_its_refresh(home, row, monkeypatch):
    with monkeypatch.context() as patch:
        Away(patch, actions, "_complete")
        with pytest.raises(OperationalError):
            bring_in.func(row.pk)

    begun_again(home, row)

    assert (row.state, row.report["interrupted"]) == (ImportState.DONE, True)
    counts = {name: row.report[f"rows_{name}"] for name in ("read", "accepted", "rejected", "unchanged")}
    assert counts == {"read": 3, "accepted": 1, "rejected": 2, "unchanged": 0}
    assert row.report["reasons"] == {"duplicate-key": 1, "not-a-date": 1}
    assert sorted(path.name for path in (home.imports / str(row.pk)).iterdir()) == ["rejects.csv"]
    assert [entry.changes["rejected"] for entry in AuditEntry.objects.filter(action="import")] == [2]
    assert (upload_of(home, row).exists(), refreshes()) == (False, 1)


def test_a_file_that_is_gone_is_told(home, row, client):
    upload_of(home, row).unlink()

    bring_in.func(row.pk)

    row.refresh_from_db()
    assert row.state == ImportState.FAILED
    ann = User.objects.create_user("ann", role="analyst", language="en")
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    assert "The file is no longer here: send it again" in client.get(f"/data/{row.pk}/").content.decode()


def test_what_is_read_again_is_not_thrown_away(home, row):
    ann = User.objects.create_user("ann", role="analyst")
    Import.objects.filter(pk=row.pk).update(state=ImportState.CHECKED)
    seen = Import.objects.get(pk=row.pk)
    read_again(seen, ann, {})

    throw_away(seen, ann)

    assert upload_of(home, row).exists()
    assert not AuditEntry.objects.filter(action="import-discard").exists()


def test_files_are_merged_another_time_where_somebody_commits_meanwhile(home, row, monkeypatch):
    bring_in.func(row.pk)
    monkeypatch.setattr(compaction, "MANY", 1)

    def overtaken(*_given):
        raise Overtaken("order_lines")

    with monkeypatch.context() as patch:
        patch.setattr("vitalfew.warehouse.ledger.Ledger._commit", overtaken)
        assert compaction.compact(Store(home.facts)) == 0
    assert compaction.compact(Store(home.facts)) > 0
    assert Store(home.facts).ledger(TABLES["order_lines"]).snapshot().rows
