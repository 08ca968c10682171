"""Backup and restore: whole while the house works, equal elsewhere, and nothing half where something fails."""

import hashlib
import multiprocessing
import shutil
import sqlite3
import stat
import tarfile
import time
from contextlib import closing

import burning
import pytest

from vitalfew.home import Home
from vitalfew.outlets import keeping
from vitalfew.warehouse.engines.duck import connect, current_sql
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

LINES = 500


@pytest.fixture(scope="module")
def processes():
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["burning", "vitalfew.outlets.cli.app", "django.db.models", "vitalfew.warehouse.run"]
    )
    return context


def done(processes, target, *args):
    process = processes.Process(target=target, args=args)
    process.start()
    process.join(120)
    assert process.exitcode == 0


def import_on_and_on(home, folder, begun, until):
    burning.standing_in(home)
    from django.conf import settings

    from vitalfew.imports.actions import Job, receive
    from vitalfew.outlets.cli.house import opened

    opened()
    number = 0
    while not until.is_set():
        number += 1
        path = folder / f"{number}.csv"
        rows = "\n".join(f"O{number}-{line},1,2025-01-05,C{line % 9},1,10" for line in range(LINES))
        path.write_text(f"order_id,line_no,ordered_on,customer,quantity,amount\n{rows}\n")
        receive(Job("order-lines", path, "test", given_name=path.name), settings.HOME)
        begun.set()


def back_up(home, file):
    burning.standing_in(home)
    keeping.save(Home(home), file)


def settled(home, told):
    burning.standing_in(home)
    from vitalfew.imports.actions import settle
    from vitalfew.imports.models import Import, ImportState
    from vitalfew.people import audit

    settle(Home(home))
    accepted = [row.report["rows_accepted"] for row in Import.objects.filter(state=ImportState.DONE)]
    told.put((sum(accepted), audit.verify().broken_at))


def rows_in(home):
    snapshot = Store(home / "facts").ledger(ORDER_LINES).snapshot()
    return connect().execute(current_sql(snapshot, "count(*), coalesce(sum(amount), 0)")).fetchall()[0]


def test_a_backup_taken_while_files_come_in_is_whole(processes, tmp_path):
    manager = processes.Manager()
    begun, until, told = manager.Event(), manager.Event(), manager.Queue()
    home, folder = tmp_path / "home", tmp_path / "files"
    folder.mkdir()
    working = processes.Process(target=import_on_and_on, args=(home, folder, begun, until))
    working.start()
    assert begun.wait(60)
    for number in range(3):
        time.sleep(0.3)
        done(processes, back_up, home, tmp_path / f"{number}.tgz")
    until.set()
    working.join(60)

    assert working.exitcode == 0
    for number in range(3):
        elsewhere = tmp_path / str(number)
        keeping.load(tmp_path / f"{number}.tgz", Home(elsewhere))
        done(processes, settled, elsewhere, told)
        accepted, broken_at = told.get(timeout=5)
        assert rows_in(elsewhere) == (accepted, accepted * 10)
        assert broken_at is None
    assert accepted > 0


def content(home):
    """Every file by its hash; the database by its rows."""
    with closing(sqlite3.connect(home / "work.sqlite3")) as connection:
        rows = "\n".join(connection.iterdump())
    left_out = {".writing", "processes"}
    files = {
        path.relative_to(home): path for path in home.rglob("*") if path.is_file() and not left_out & set(path.parts)
    }
    kept = {
        str(name): hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files.items()
        if "sqlite3" not in path.name
    }
    return rows, kept


@pytest.fixture(scope="module")
def made(processes, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    path = folder / "lines.csv"
    path.write_text("order_id,line_no,ordered_on,customer,quantity,amount\nO1,1,2025-01-05,C1,1,10\nO2,1,,C1,1,10\n")
    made = folder / "home"
    process = processes.Process(target=burning.vitalfew, args=(made, ["import", "order-lines", str(path)]))
    process.start()
    process.join(60)
    assert process.exitcode == 3
    (made / "files" / "document").write_bytes(b"%PDF-")
    return made


@pytest.fixture
def home(made, tmp_path):
    return shutil.copytree(made, tmp_path / "home")


def test_what_is_restored_elsewhere_is_equal(processes, home, tmp_path):
    done(processes, back_up, home, tmp_path / "b.tgz")
    keeping.load(tmp_path / "b.tgz", Home(tmp_path / "elsewhere"))

    assert content(tmp_path / "elsewhere") == content(home)
    assert rows_in(tmp_path / "elsewhere") == rows_in(home) == (1, 10)


def test_a_backup_and_what_is_restored_is_for_its_owners_eyes(processes, home, tmp_path):
    done(processes, back_up, home, tmp_path / "b.tgz")

    keeping.load(tmp_path / "b.tgz", Home(tmp_path / "elsewhere"))

    assert stat.S_IMODE((tmp_path / "b.tgz").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "elsewhere").stat().st_mode) == 0o700


def test_a_backup_inside_the_home_does_not_hold_itself(processes, home):
    done(processes, back_up, home, home / "b.tgz")
    done(processes, back_up, home, home / "b.tgz")

    with tarfile.open(home / "b.tgz") as archive:
        assert not [name for name in archive.getnames() if "b.tgz" in name]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_torn_backup_restores_nothing_and_the_whole_one_does_afterwards(processes, home, tmp_path, share):
    done(processes, back_up, home, tmp_path / "b.tgz")
    whole = (tmp_path / "b.tgz").read_bytes()
    (tmp_path / "torn.tgz").write_bytes(whole[: int(len(whole) * share)])
    place = Home(tmp_path / "elsewhere")

    with pytest.raises(keeping.NotABackup):
        keeping.load(tmp_path / "torn.tgz", place)
    assert list(place.folder.iterdir()) == []
    keeping.load(tmp_path / "b.tgz", place)
    assert place.exists


def test_another_archive_is_no_backup(tmp_path):
    with tarfile.open(tmp_path / "a.tgz", "w:gz") as archive:
        archive.add(__file__, "../../evil.py", filter=lambda info: info)

    with pytest.raises(keeping.NotABackup):
        keeping.load(tmp_path / "a.tgz", Home(tmp_path / "elsewhere"))
    assert not (tmp_path.parent / "evil.py").exists()


def test_a_failing_disk_leaves_no_half_backup(home, tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping, "_add_all", full)
    with pytest.raises(OSError, match="No space"):
        keeping.save(Home(home), tmp_path / "b.tgz")

    assert not list(tmp_path.glob("b.tgz*"))


def test_a_home_with_something_in_it_is_left_alone(processes, home, tmp_path):
    done(processes, back_up, home, tmp_path / "b.tgz")
    before = content(home)

    with pytest.raises(keeping.NotEmpty):
        keeping.load(tmp_path / "b.tgz", Home(home))
    assert content(home) == before
