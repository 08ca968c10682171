"""``upgrade``: the tables of this version; and the work moved to another database, or the facts to a bucket."""

import os
from typing import Annotated

import typer

from vitalfew.databases import is_postgresql, without_password
from vitalfew.home import Home
from vitalfew.language import Count, Number
from vitalfew.outlets.cli.bars import steps
from vitalfew.outlets.cli.house import opened, who
from vitalfew.outlets.cli.screen import USAGE, say, screen, stop
from vitalfew.presence import Busy
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.storage import SCHEME, bucket_of

OWN = "sqlite"
NO_PLACE = _(
    "'{to}' is no place to move to: name postgresql://user:password@host/database or sqlite for the work, "
    "or s3://bucket/prefix for the facts"
)
SOMEBODY = _("Somebody works in {folder}: stop its servers and workers first. Nothing was moved")
NOT_EMPTY = _("{place} is not empty: name an empty one. Nothing was moved")


def add_to(app: typer.Typer) -> None:
    app.command("upgrade")(upgrade)


def upgrade(
    to: Annotated[
        str | None,
        typer.Option(
            help="Move the work (postgresql://user:password@host/database; sqlite for the home's own file), "
            "or the facts (s3://bucket/prefix)."
        ),
    ] = None,
) -> None:
    """Bring the database to this version's tables; move the work or the facts where another place is named."""
    if to is not None and not _is_place(to):
        stop(NO_PLACE, USAGE, to=to)
    home = opened()
    if to is None or to.rstrip("/") in _places(home):
        say(_("{folder} is up to date"), folder=home.folder)
        return
    try:
        if to.startswith(SCHEME):
            _move_facts(home, to.rstrip("/"))
        else:
            _move_work(home, "" if to == OWN else to)
    except Busy:
        stop(SOMEBODY, folder=home.folder)


def _is_place(to: str) -> bool:
    bucket = to.startswith(SCHEME) and bool(to.removeprefix(SCHEME).strip("/"))
    return to == OWN or bucket or is_postgresql(to)


def _places(home: Home) -> set[str]:
    """Where the home's work and facts are already."""
    return {home.database_url or OWN, bucket_of(home.facts)}


def _move_facts(home: Home, url: str) -> None:
    from vitalfew.outlets.moving import move_facts
    from vitalfew.warehouse.sending import NotEmpty

    try:
        with steps() as show:
            sent = move_facts(home, url, who(), show)
    except NotEmpty:
        stop(NOT_EMPTY, place=url)
    size = Number(sent.size / 1e6, 1).say(screen.language)
    text = _("{files} files of facts, {size} MB, moved to {place}, read back and compared")
    say(text, files=Count(sent.files).say(screen.language), size=size, place=url)


def _move_work(home: Home, url: str) -> None:
    from vitalfew.outlets.moving import NotEmpty, NotTaken, move

    place = without_password(url) if url else str(home.database)
    try:
        with steps() as show:
            moved = move(home, url, who(), show)
    except NotEmpty:
        stop(NOT_EMPTY, place=place)
    except NotTaken as left:
        text = _("{place} does not take the table {table} as it is ({why}). Nothing was moved")
        stop(text, place=place, table=left.table, why=left.why)
    figures = {name: Count(value).say(screen.language) for name, value in vars(moved).items()}
    text = _(
        "{rows} rows of {tables} tables moved to {place} and compared; the audit trail is whole, {entries} entries"
    )
    say(text, place=place, **figures)
    if os.environ.get("DATABASE_URL", url) != url:
        say(_("DATABASE_URL is set to another database and goes before: take it away, or change it"))
