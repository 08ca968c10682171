"""``vitalfew report KIND``: what is handed out on paper, written to a file."""

from pathlib import Path
from typing import Annotated, Final

import typer

from vitalfew.language import translate
from vitalfew.outlets.cli.house import standing
from vitalfew.outlets.cli.screen import FAILED, USAGE, out, screen, stop
from vitalfew.terms import gettext_noop as _

KINDS: Final = ("visit",)
FORMS: Final = ("pdf",)


def add_to(app: typer.Typer) -> None:
    app.command("report")(report)


def report(
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(KINDS)}.")],
    account: Annotated[str, typer.Option(help="The account's code.")],
    output: Annotated[Path, typer.Option(help="Where to write it.")],
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMS)}.")] = "pdf",
) -> None:
    """Write a report of an account: the briefing of a visit, one page."""
    if kind not in KINDS:
        stop(_("There is no report '{name}'. Known: {known}"), USAGE, name=kind, known=", ".join(KINDS))
    if form not in FORMS:
        stop(_("This report is written as {known}"), USAGE, known=", ".join(FORMS))
    standing()
    written = _visit(account)
    try:
        output.write_bytes(written)
    except OSError as why:
        stop(_("The file cannot be written: {why}"), FAILED, why=str(why))
    out().print(str(output), markup=False, soft_wrap=True)


def _visit(code: str) -> bytes:
    """The briefing as whoever works on the server may see it: everything. It stands in the trail."""
    from django.utils import translation

    from vitalfew.accounts import questions as accounts
    from vitalfew.accounts.actions import exported
    from vitalfew.people.models import User
    from vitalfew.people.roles import Role
    from vitalfew.visits import printing, questions
    from vitalfew.visits.brief import brief

    who = User(username="system", role=Role.ADMINISTRATOR)
    account = accounts.one(who, code)
    if account is None:
        stop(_("There is no account '{code}'"), FAILED, code=code)
    with translation.override(screen.language):
        try:
            written = printing.pdf(brief(who, account, questions.next_of(who, account)))
        except printing.NoPrinter as why:
            stop(translate(str(why), screen.language), FAILED)
    exported(who, "visit", "pdf", f"account={code}")
    return written
