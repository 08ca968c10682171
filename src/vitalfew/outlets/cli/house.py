"""The home a command works on, opened with its database up to date."""

import os

from vitalfew.home import Home
from vitalfew.outlets.cli.screen import FAILED, stop
from vitalfew.terms import gettext_noop as _


def opened() -> Home:
    """The home, made if need be, with Django ready and its tables current."""
    home = Home.named()
    home.make()
    ready()
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


def _migrate() -> None:
    """Bring the tables up to date: all steps, or none where it is killed on the way."""
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
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
