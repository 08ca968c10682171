"""The work moved to PostgreSQL by one command, whole or not at all, and back."""

import multiprocessing
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import burning
import psycopg
import pytest

from servers import Postgres

ACCOUNTS = 1_500


@pytest.fixture(scope="module")
def processes():
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["burning", "vitalfew.outlets.cli.app", "django.db.models", "vitalfew.warehouse.run"]
    )
    return context


@pytest.fixture(scope="module")
def postgres():
    server = Postgres()
    yield server
    server.remove()


def in_process(processes, target, *args):
    process = processes.Process(target=target, args=args)
    process.start()
    process.join(120)
    assert process.exitcode == 0


def begin(home):
    """Records of every kind of value, and numbers given to rows that are gone."""
    burning.standing_in(home)
    from django.contrib.sessions.backends.db import SessionStore

    from vitalfew.accounts import search
    from vitalfew.accounts.models import Account
    from vitalfew.imports.models import Import
    from vitalfew.imports.work import bring_in
    from vitalfew.outlets.cli.house import opened
    from vitalfew.people.actions import add_user, make_token
    from vitalfew.warehouse.models import Refresh, Scorecard

    opened()
    director = add_user("test", username="one", name="王一", role="director", password="a-long-password")
    make_token("test", director, "用")
    accounts = [
        Account(
            code=f"C{n:05d}",
            name=f"恒达电器 {n} 'ë\\\t\n\"",
            credit_limit=Decimal(n * 1234567) / 10_000,
            opened_on=date(1999, 12, 31),
            by_hand=["名", {"n": n / 3}],
            manager=director if n % 2 else None,
        )
        for n in range(ACCOUNTS)
    ]
    search.index(Account.objects.bulk_create(accounts))
    refresh = Refresh.objects.create(as_of=date(2025, 1, 31), state="done", finished_at=datetime.now(tz=UTC))
    Scorecard.objects.bulk_create(
        Scorecard(refresh=refresh, customer=f"C{n:05d}", value=n / 7 if n else None, months=[n, 0.1, -0.0, 1e16, 1e300])
        for n in range(ACCOUNTS)
    )
    bring_in.enqueue(Import.objects.create(kind="stock", file="a.csv", who="test").pk)
    Import.objects.create(kind="stock", file="gone.csv", who="test").delete()
    session = SessionStore()
    session["kept"] = "值"
    session.create()


@pytest.fixture(scope="module")
def begun(processes, tmp_path_factory):
    home = tmp_path_factory.mktemp("begun")
    in_process(processes, begin, home)
    return home


@pytest.fixture
def home(begun, tmp_path):
    return shutil.copytree(begun, tmp_path / "home")


def vitalfew(home, *words):
    command = [sys.executable, "-m", "vitalfew", "--lang", "en", "--home", str(home), *words]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "DATABASE_URL": ""}, check=False)  # noqa: S603
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def told(home, out):
    """Everything that a home's database holds, as Django's own serializer tells it, and whom a search finds."""
    burning.standing_in(home)
    import json

    from django.apps import apps
    from django.core import serializers
    from django.db import connection

    from vitalfew.accounts.questions import Wanted, every
    from vitalfew.people import audit
    from vitalfew.people.models import User

    models = [each for each in apps.get_models(include_auto_created=True) if each._meta.managed]
    rows = {
        each._meta.label: sorted(plain(serializers.serialize("python", each._base_manager.all()))) for each in models
    }
    user = User.objects.get(username="one")
    found = [
        [line.account.code for line in every(user, Wanted.of({"q": text}, user))] for text in ("恒达电器 77", "hddq")
    ]
    out.put(
        json.dumps(
            {
                "rows": rows,
                "found": found,
                "vendor": connection.vendor,
                "broken": audit.verify().broken_at,
                "next": after(home),
            }
        )
    )


def plain(records):
    import json

    return [json.dumps(record, sort_keys=True, default=str) for record in records]


def after(_home):
    """The number that the next import gets."""
    from django.db import transaction

    from vitalfew.imports.models import Import

    with transaction.atomic():
        number = Import.objects.create(kind="stock", file="next.csv", who="test").pk
        transaction.set_rollback(True)
    return number


def what_is_in(processes, home):
    import json

    out = processes.Manager().Queue()
    in_process(processes, told, home, out)
    return json.loads(out.get(timeout=10))


def numbers_alike(text):
    """jsonb writes 1e16 in full, and has no zero below zero."""
    return text.replace("1e+16", str(10**16)).replace("1e+300", str(10**300)).replace("-0.0", "0.0")


def same(left, right):
    return {name: list(map(numbers_alike, rows)) for name, rows in left.items()} == {
        name: list(map(numbers_alike, rows)) for name, rows in right.items()
    }


def without_the_move(rows):
    return rows | {"people.AuditEntry": [each for each in rows["people.AuditEntry"] if '"move"' not in each]}


def tables_in(url):
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchone()[0]


def test_every_row_goes_over_and_comes_back(processes, postgres, home):
    url = postgres.new()
    before = what_is_in(processes, home)
    code, said = vitalfew(home, "upgrade", "--to", url)

    assert code == 0, said
    assert "the audit trail is whole" in said
    there = what_is_in(processes, home)
    assert (before["vendor"], there["vendor"]) == ("sqlite", "postgresql")
    assert same(before["rows"], without_the_move(there["rows"]))
    assert there["found"] == before["found"]
    assert len(there["found"][0]) >= 1
    assert there["broken"] is None
    assert there["next"] == before["next"] == 3
    assert stat.S_IMODE((home / "database.url").stat().st_mode) == 0o600
    assert not (home / "work.sqlite3").exists()

    assert vitalfew(home, "backup", str(home.parent / "b.tgz"))[0] == 0
    assert vitalfew(home.parent / "restored", "restore", str(home.parent / "b.tgz"))[0] == 0
    restored = what_is_in(processes, home.parent / "restored")
    assert restored["vendor"] == "sqlite"
    assert same(there["rows"], restored["rows"])
    assert restored["found"] == before["found"]

    assert vitalfew(home, "upgrade", "--to", url)[1].strip().endswith("is up to date")
    code, said = vitalfew(home, "upgrade", "--to", "sqlite")
    assert code == 0, said
    back = what_is_in(processes, home)
    assert back["vendor"] == "sqlite"
    assert same(before["rows"], without_the_move(back["rows"]))
    assert (back["found"], back["broken"]) == (before["found"], None)


def test_a_database_with_something_in_it_is_refused_and_left_alone(processes, postgres, home):
    url = postgres.new()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE ours (a int)")
    before = what_is_in(processes, home)

    code, said = vitalfew(home, "upgrade", "--to", url)
    assert (code, "is not empty: name an empty one. Nothing was moved" in said) == (1, True)
    assert tables_in(url) == 1
    assert what_is_in(processes, home) == before


def test_the_house_of_somebody_else_is_not_taken_for_an_earlier_run(processes, postgres, home, tmp_path):
    url = postgres.new()
    other = shutil.copytree(home, tmp_path / "other")
    assert vitalfew(other, "user", "add", "wang")[0] == 0
    assert vitalfew(other, "upgrade", "--to", url)[0] == 0

    code, said = vitalfew(home, "upgrade", "--to", url)
    assert (code, "is not empty" in said) == (1, True)
    assert what_is_in(processes, home)["vendor"] == "sqlite"


def test_a_text_that_postgresql_does_not_take_is_named_and_nothing_moves(processes, postgres, home):
    import sqlite3

    url = postgres.new()
    with sqlite3.connect(home / "work.sqlite3") as connection:
        connection.execute("UPDATE accounts_account SET region = ? WHERE code = 'C00007'", ["x" * 200])

    code, said = vitalfew(home, "upgrade", "--to", url)
    assert (code, "does not take the table accounts_account" in said) == (1, True)
    assert "character varying(100)" in said
    assert tables_in(url) == 0
    assert what_is_in(processes, home)["vendor"] == "sqlite"


def test_a_home_that_somebody_works_in_is_not_moved(processes, postgres, home):
    url, working = postgres.new(), processes.Event()
    until = processes.Event()
    process = processes.Process(target=work_in, args=(home, working, until))
    process.start()
    assert working.wait(60)

    code, said = vitalfew(home, "upgrade", "--to", url)
    until.set()
    process.join(60)
    assert (code, "Somebody works in" in said) == (1, True)
    assert tables_in(url) == 0


def work_in(home, working, until):
    burning.standing_in(home)
    from vitalfew.outlets.cli.house import opened

    opened()
    working.set()
    until.wait(60)


@pytest.mark.parametrize("place", ["mysql://a/b", "s3", "/nowhere", ""])
def test_a_place_of_another_kind_is_wrong_usage(home, place):
    code, said = vitalfew(home, "upgrade", "--to", place)

    assert (code, "is no place to move to" in said) == (2, True)


def test_a_server_that_does_not_answer_is_told(home):
    code, said = vitalfew(home, "upgrade", "--to", "postgresql://vitalfew@127.0.0.1:1/none")

    assert (code, "The database cannot be reached" in said) == (1, True)


@pytest.mark.parametrize("times", [3, pytest.param(60, marks=pytest.mark.nightly(long=True))])
def test_a_move_killed_at_any_moment_is_completed_by_the_same_command(processes, postgres, begun, tmp_path, times):
    trial = shutil.copytree(begun, tmp_path / "trial")
    before = what_is_in(processes, trial)
    began = time.monotonic()
    in_process(processes, burning.vitalfew, trial, ["upgrade", "--to", postgres.new()])
    longest, kills = time.monotonic() - began, 0
    for number in range(times):
        home, url = shutil.copytree(begun, tmp_path / str(number)), postgres.new()
        process = processes.Process(target=burning.vitalfew, args=(home, ["upgrade", "--to", url]))
        process.start()
        time.sleep(random.uniform(0.2, 0.95) * longest)  # noqa: S311  (a moment, not a secret)
        process.kill()
        process.join()
        kills += process.exitcode == -9
        in_process(processes, burning.vitalfew, home, ["upgrade", "--to", url])

        there = what_is_in(processes, home)
        assert there["vendor"] == "postgresql"
        assert same(before["rows"], without_the_move(there["rows"]))
        shutil.rmtree(home)
    assert kills >= times // 2


def test_a_move_that_was_committed_but_not_remembered_is_completed(processes, postgres, home):
    url = postgres.new()
    before = what_is_in(processes, home)
    in_process(processes, killed_before_it_remembers, home, url)
    assert tables_in(url) > 0
    assert what_is_in(processes, home)["vendor"] == "sqlite"

    assert vitalfew(home, "upgrade", "--to", url)[0] == 0
    there = what_is_in(processes, home)
    assert there["vendor"] == "postgresql"
    assert same(before["rows"], without_the_move(there["rows"]))


def killed_before_it_remembers(home, url):
    from vitalfew.home import Home

    Home.remember_database = lambda *_args: os._exit(0)
    burning.vitalfew(home, ["upgrade", "--to", url])
