"""``vitalfew report KIND``: what is handed out on paper or as a workbook, written to a file."""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from vitalfew.language import translate
from vitalfew.outlets.cli.house import standing
from vitalfew.outlets.cli.screen import FAILED, USAGE, out, screen, stop
from vitalfew.terms import gettext_noop as _

FORMS: Final = ("pdf", "xlsx")
KINDS: Final = ("account", "portfolio", "visit", "complaints", "board")


def add_to(app: typer.Typer) -> None:
    app.command("report")(report)


def report(
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(KINDS)}.")],
    output: Annotated[Path, typer.Option(help="Where to write it.")],
    account: Annotated[str, typer.Option(help="The account's code, where the report is about one.")] = "",
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMS)}.")] = "pdf",
) -> None:
    """Write a report: of an account, of the portfolio, of a visit, of the last month's complaints, for the board."""
    if kind not in KINDS:
        stop(_("There is no report '{name}'. Known: {known}"), USAGE, name=kind, known=", ".join(KINDS))
    if form not in FORMS:
        stop(_("This report is written as {known}"), USAGE, known=", ".join(FORMS))
    standing()
    written = _written(kind, account, form)
    try:
        output.write_bytes(written)
    except OSError as why:
        stop(_("The file cannot be written: {why}"), FAILED, why=str(why))
    out().print(str(output), markup=False, soft_wrap=True)


def _written(name: str, code: str, form: str) -> bytes:
    """The report as whoever works on the server may see it: everything. It stands in the trail."""
    from django.utils import timezone, translation

    from vitalfew.accounts.actions import exported
    from vitalfew.paper import NoPrinter
    from vitalfew.people.models import User
    from vitalfew.people.roles import Role
    from vitalfew.reports.kinds import kinds
    from vitalfew.reports.making import made

    who, kind = User(username="system", role=Role.ADMINISTRATOR), kinds()[name]
    account = _account(who, code) if kind.of_account else None
    with translation.override(screen.language):
        try:
            written = made(kind, form, who, account, timezone.localdate())
        except NoPrinter as why:
            stop(translate(str(why), screen.language), FAILED)
    exported(who, name, form, f"account={account.code}" if account else "")
    return written


def _account(who: Any, code: str) -> Any:
    from vitalfew.accounts import questions

    if not code:
        stop(_("This report is about an account: name it with --account"), USAGE)
    account = questions.one(who, code)
    if account is None:
        stop(_("There is no account '{code}'"), FAILED, code=code)
    return account
