"""A new home's tables, made at once, are those that every step one after the other makes."""

from contextlib import contextmanager

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import load_backend

from vitalfew.databases import reached
from vitalfew.outlets.founding import found, is_empty


@pytest.fixture(autouse=True)
def _open_doors(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@contextmanager
def new(file):
    """An empty database in the house's place: others' steps ask for that by its name."""
    before = connections[DEFAULT_DB_ALIAS]
    settings = connections.configure_settings({DEFAULT_DB_ALIAS: reached("", file)})[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = made = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, DEFAULT_DB_ALIAS)
    try:
        with made.constraint_checks_disabled():
            yield made
    finally:
        made.close()
        connections[DEFAULT_DB_ALIAS] = before


def step_by_step(connection):
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def made(connection):
    """Every table with its columns and checks, whichever stands first, and every index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%%'")
        return {(kind, name): parts(sql) for kind, name, sql in cursor.fetchall()}


def parts(sql):
    head, _bracket, inside = (sql or "").partition("(")
    return head, sorted(inside.removesuffix(")").split(", "))


def test_tables_made_at_once_are_those_made_step_by_step(tmp_path, monkeypatch):
    with new(tmp_path / "steps.sqlite3") as connection:
        step_by_step(connection)
        tables, steps = made(connection), set(MigrationRecorder(connection).applied_migrations())

    monkeypatch.setattr(MigrationExecutor, "migrate", None)  # what renders the models of every day
    with new(tmp_path / "once.sqlite3") as connection:
        assert is_empty(connection)
        found(connection)

        assert made(connection) == tables
        assert set(MigrationRecorder(connection).applied_migrations()) == steps
        assert not is_empty(connection)
        assert MigrationExecutor(connection).loader.detect_conflicts() == {}
