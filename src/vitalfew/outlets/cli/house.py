"""The home a command works on, opened with its database up to date."""

import os

from vitalfew import presence
from vitalfew.home import Home
from vitalfew.outlets.cli.screen import FAILED, say, stop
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.sending import mark
from vitalfew.warehouse.storage import LOG, bucket_of


def opened() -> Home:
    """The home, made if need be, with Django ready and its tables current."""
    home = Home.named()
    fresh = not home.exists
    home.make()
    if fresh:
        say(_("New home: {folder}"), folder=home.folder)
    try:
        presence.occupy(home.folder)
    except presence.Busy:
        stop(_("{folder} is being moved: give the command again when that is done"), folder=home.folder)
    _read_from_bucket(home)
    ready()
    if _waiting():
        with presence.one_at_a_time(home.folder, "tables"):
            _migrate()
    return home


def standing() -> Home:
    """A home that is there already, for commands that have nothing to do in an empty one."""
    home = Home.named()
    if not home.exists:
        stop(_("There is no home in {folder} yet: `vitalfew init` makes one"), FAILED, folder=str(home.folder))
    return opened()


def ready() -> None:
    """Django, set up for this home."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vitalfew.site.settings")
    django.setup()


def _read_from_bucket(home: Home) -> None:
    """A home whose facts are still to come has them in the bucket of VITALFEW_FACTS, if one is named."""
    bucket = os.environ.get("VITALFEW_FACTS", "").rstrip("/")
    if not bucket or bucket == bucket_of(home.facts):
        return
    if bucket_of(home.facts) or any(home.facts.glob(f"*/{LOG}")):
        text = _(
            "VITALFEW_FACTS names another place than the facts of {folder} are in: vitalfew upgrade --to moves them"
        )
        stop(text, folder=home.folder)
    mark(home.facts, bucket)


def _waiting() -> bool:
    """Whether there are steps to take."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrate() -> None:
    """Bring the tables up to date: all steps, or none where it is killed on the way."""
    from django.core.management import call_command
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import connection, transaction

    from vitalfew.outlets.founding import found, is_empty

    if not _waiting():  # another process was first
        return
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if is_empty(connection):
                found(connection)
                emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
            else:
                call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.enable_constraint_checking()


def who() -> str:
    """Who works at this terminal, for the audit trail."""
    import getpass

    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return "cli"
