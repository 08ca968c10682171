"""Every test run has a home and a database of its own."""

import os
import sys
import tempfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

os.environ.setdefault("VITALFEW_HOME", tempfile.mkdtemp(prefix="vitalfew-test-"))
os.environ["VITALFEW_TIME_ZONE"] = "Asia/Shanghai"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command has it; the workers of xdist inherit it

from django.conf import settings as django_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone, translation
from hypothesis import settings as hypothesis_settings

from house import built, house, own_facts  # noqa: F401  (fixtures)
from vitalfew.home import Home
from vitalfew.outlets.founding import found

django_settings.HOME = Home.named()  # the settings may have been read before the home above was named
PBKDF2PasswordHasher.iterations = 1  # slow on purpose; no password of a test is worth it
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

LONG = (
    "imports/test_killed.py", "warehouse/test_reuse.py", "fire/test_two_servers.py", "fire/test_upgrades.py", "test_cluster.py",
    "browser/test_pages.py", "contacts/test_erasing.py",
)  # fmt: skip
"""Files whose tests take minutes: begun first, so that no worker is left alone with one at the end."""
SHARED = Path(os.environ.get("VITALFEW_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_collection_modifyitems(config, items):
    """What touches the database says so, or none would be made for it, and is run on PostgreSQL too.

    Of the slow checks, a fifth a day is run unless they are asked for.
    """
    for item in items:
        if "built" in item.fixturenames and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)
    if not config.option.markexpr and not config.option.keyword and not any("::" in each for each in config.args):
        left = [item for item in items if item.get_closest_marker("nightly") and not todays(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    for item in items:
        touches = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)
        if touches and not {mark.name for mark in item.iter_markers()} & {"browser", "facts_alone"}:
            item.add_marker("database")
    yield
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONG))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):  # noqa: ARG001  (the hook's own name)
    """No test speaks the language, or lives by the clock, that the one before it left behind; Today asks every room anew."""
    django_settings.TODAY_KEPT = 0
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session")
def made_at_once():
    """The test database's tables are made as a new home's are, not step by step; outlets/test_founding.py compares."""

    def migrate(executor, *_args, **_options):
        found(executor.connection)
        return executor.loader.project_state()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MigrationExecutor, "migrate", migrate)
        yield patch


@pytest.fixture(scope="session")
def django_db_setup(made_at_once, django_db_setup):  # noqa: ARG001  (pytest-django's own makes the database)
    made_at_once.undo()


def todays(item):
    """Whether this slow check is among those of the day, in CI; what takes half an hour is never."""
    if item.get_closest_marker("nightly").kwargs.get("long"):
        return False
    return "CI" in os.environ and zlib.crc32(item.nodeid.encode()) % 5 == datetime.now(tz=UTC).toordinal() % 5


@pytest.fixture
def home(tmp_path, settings):
    """An empty home that pages and actions work on."""
    made = Home(tmp_path / "home")
    made.make()
    settings.HOME = made
    return made


@pytest.fixture
def shared():
    """Real order books and awkward files that are not part of the project."""
    if not SHARED.exists():
        pytest.skip(f"the folder with real data is not here: {SHARED}")
    return SHARED


@pytest.fixture(scope="module")
def a_program():
    """pyspark takes a main module without a file, as pytest-xdist has, for a doctest; other processes must not see one."""
    main = sys.modules["__main__"]
    bare = not hasattr(main, "__file__")
    if bare:
        main.__file__ = __file__
    yield
    if bare:
        del main.__file__


@pytest.fixture
def alone_with_its_files(monkeypatch):
    """On PostgreSQL a backup copies the database over a connection of its own, which tests/fire/test_moving.py has."""
    from django.db import connection

    from vitalfew.outlets import keeping

    if connection.vendor == "postgresql":
        monkeypatch.setattr(keeping, "_add_database", lambda *_given: None)
