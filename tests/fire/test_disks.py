"""A disk that is full or cannot be written to: one sentence, nothing half, and the same command completes it later."""

import os
import shutil
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client

from vitalfew.accounts.models import Account, AccountFile
from vitalfew.home import Home
from vitalfew.imports import work
from vitalfew.imports.actions import Job, receive
from vitalfew.imports.mending import close_mended
from vitalfew.imports.models import Import, ImportState
from vitalfew.outlets.cli.trouble import sentence
from vitalfew.people.actions import bearer
from vitalfew.people.models import ApiToken
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

FULL = OSError(28, "No space left on device")
LINES = 60_000
ROOM = 512 << 10


def mounted(*words):
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0  # noqa: S603, S607


@pytest.fixture
def small(tmp_path):
    """A folder on a disk of its own, of sixteen megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.getuid() != 0 or not mounted("-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)):
        pytest.skip("only root mounts a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S603, S607


def vitalfew(home, *words):
    command = [sys.executable, "-m", "vitalfew", "--lang", "en", "--home", str(home), *words]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "DATABASE_URL": ""}, check=False)  # noqa: S603
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "lines.csv"
    rows = (
        f"O{n},1,2025-{n % 12 + 1:02d}-{n % 28 + 1:02d},C{n * 7919 % 50021},{n % 97},{n * 31 % 99991}"
        for n in range(LINES)
    )
    path.write_text("order_id,line_no,ordered_on,customer,quantity,amount\n" + "\n".join(rows))
    return path


def test_a_full_disk_stops_an_import_whole_and_room_completes_it(small, book):
    home = small / "home"
    assert vitalfew(home, "init")[0] == 0
    (small / "fill").write_bytes(b"x" * (shutil.disk_usage(small).free - ROOM))

    code, said = vitalfew(home, "import", "order-lines", str(book))
    assert (code, said.strip().startswith("The disk is full. Nothing is half done")) == (1, True)
    assert not list(home.rglob("*.parquet"))
    (small / "fill").unlink()
    assert vitalfew(home, "import", "order-lines", str(book))[0] == 0
    assert len(Store(home / "facts").ledger(ORDER_LINES).snapshot().rows) == 1


def test_a_disk_that_cannot_be_written_to_is_told(small):
    home = small / "home"
    vitalfew(home, "init")
    assert mounted("-o", "remount,ro", str(small))

    code, said = vitalfew(home, "user", "add", "wang")
    assert (code, "cannot be written to. Nothing was changed" in said) == (1, True)


REFUSALS = [
    (FULL, "full"),
    (OSError(30, "Read-only file system"), "cannot be written"),
    (PermissionError(13, "Permission denied"), "cannot be written"),
    (DatabaseError("database or disk is full"), "full"),
    (DatabaseError("attempt to write a readonly database"), "cannot be written"),
    (ValueError("another thing"), None),
]


@pytest.mark.parametrize(("failure", "told"), REFUSALS)
def test_what_the_machine_refuses_is_said_in_words(tmp_path, failure, told):
    wrapped = RuntimeError("while importing")
    wrapped.__cause__ = failure
    said = sentence(wrapped, Home(tmp_path))

    assert (told in said) if told else said is None


class NoRoom:
    """A place on a full disk."""

    def __init__(self, path):
        self.path = path

    def __getattr__(self, name):
        return getattr(self.path, name)

    def open(self, *_mode):
        raise FULL


@pytest.fixture
def no_room(monkeypatch):
    place = work.upload_of
    monkeypatch.setattr("vitalfew.imports.work.upload_of", lambda home, row: NoRoom(place(home, row)))
    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)


def upload():
    return SimpleUploadedFile("lines.csv", b"order_id\nO1\n")


@pytest.mark.database
@pytest.mark.usefixtures("no_room", "db")
def test_an_upload_that_finds_no_room_leaves_nothing(own_facts):
    before = Import.objects.count()
    browser = Client()
    browser.force_login(own_facts.user("analyst"), backend="django.contrib.auth.backends.ModelBackend")
    page = browser.post("/data/upload/", {"kind": "order-lines", "file": upload()}, follow=True).content.decode()
    program = Client(headers={"authorization": f"Bearer {own_facts.tokens['analyst']}"})
    answer = program.post("/api/v1/imports", {"kind": "order-lines", "file": upload()})

    assert "lines.csv" in page.partition("toast-text")[2]
    assert (answer.status_code, answer.json()["type"]) == (507, "/api/v1/docs#no-room")
    assert Import.objects.count() == before


@pytest.mark.database
@pytest.mark.usefixtures("no_room", "db")
def test_a_document_that_finds_no_room_leaves_nothing(own_facts):
    account = Account.objects.get(code=own_facts.mine)
    browser = Client()
    browser.force_login(own_facts.user("director"), backend="django.contrib.auth.backends.ModelBackend")
    sent = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4")}
    page = browser.post(f"/accounts-files/{account.pk}/add/", sent, follow=True).content.decode()

    assert "a.pdf" in page.partition("toast-text")[2]
    assert not AccountFile.objects.exists()


def not_written(*_args, **_values):
    raise DatabaseError


def refuse(*_args, **_options):
    raise FULL


@pytest.fixture
def job(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("order_id,line_no,ordered_on,customer,quantity,amount\nO1,1,2025-01-05,C1,1,10\n")
    return Job("order-lines", path, "test", given_name="a.csv")


STAGES = ["imports.actions.stage", "warehouse.store.copy", "warehouse.ledger.Ledger.commit"]


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_an_import_that_fails_in_any_part_is_closed_and_leaves_no_file(home, job, monkeypatch, stage):
    with monkeypatch.context() as broken:
        broken.setattr(f"vitalfew.{stage}", refuse)
        with pytest.raises(OSError, match="No space"):
            receive(job, home)

    assert Import.objects.first().state == ImportState.FAILED
    assert not list(home.folder.rglob("*.parquet"))
    assert receive(job, home).rows_accepted == 1


@pytest.mark.django_db
def test_an_import_that_fails_after_its_commit_is_done(home, job, monkeypatch):
    steps = iter([refuse])

    def once_refused(*told):
        next(steps, close_mended)(*told)

    monkeypatch.setattr("vitalfew.imports.actions.close_mended", once_refused)
    with pytest.raises(OSError, match="No space"):
        receive(job, home)

    assert Import.objects.first().state == ImportState.DONE
    assert Import.objects.first().report["rows_accepted"] == 1


@pytest.mark.database
@pytest.mark.usefixtures("db")
def test_a_token_reads_on_where_its_use_cannot_be_noted(house, monkeypatch):
    ApiToken.objects.update(used_at=None)
    monkeypatch.setattr("django.db.models.query.QuerySet.update", not_written)

    assert bearer(house.tokens["director"]) == house.user("director")
