"""``vitalfew mail``: mail in, without a browser."""

from typing import Annotated

import typer

from vitalfew.outlets.cli.house import opened
from vitalfew.outlets.cli.screen import FAILED, say, stop, write_json
from vitalfew.terms import gettext_noop as _

app = typer.Typer(no_args_is_help=True, help="Mail in: read a mailbox, bring each mail to its account.")


@app.callback()
def _group() -> None:
    """Mail in: read a mailbox, bring each mail to its account."""


@app.command("fetch")
def fetch(*, as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False) -> None:
    """Fetch what came into the mailbox of VITALFEW_MAIL (imaps://user:password@host/INBOX)."""
    home = opened()
    from vitalfew.mails.mailbox import Unfetched
    from vitalfew.mails.work import fetch_now

    try:
        done = fetch_now(home)
    except Unfetched as why:
        stop(str(why), FAILED)
    if as_json:
        write_json(done.as_json())
    else:
        said = _(
            "Mails read: {read}; brought to their account: {matched}; waiting in the tray: {waiting}; known: {known}"
        )
        say(said, **done.as_json())
