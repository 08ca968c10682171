"""``vitalfew backtest NAME``: how well an analysis would have known, on the company's own past."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from vitalfew.backtests.origins import origins
from vitalfew.backtests.register import Backtest, Judged, backtests, judge
from vitalfew.backtests.register import opened as opened_book
from vitalfew.catalogue import Column, Refusal, plain
from vitalfew.language import translate
from vitalfew.outlets.answers import written
from vitalfew.outlets.cli.analyse import read_day
from vitalfew.outlets.cli.house import standing
from vitalfew.outlets.cli.screen import FAILED, USAGE, out, screen, stop, table, write_json
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.sources import Source
from vitalfew.warehouse.store import Store


def add_to(app: typer.Typer) -> None:
    app.command("backtest")(backtest)


def backtest(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An analysis that is held against the past.")],
    since: Annotated[str | None, typer.Option("--from", help="The first day to ask on (2025-01-31).")] = None,
    until: Annotated[str | None, typer.Option("--to", help="The last day to ask on.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """How well an analysis would have known, asked on days of the past against what came."""
    asked = backtests().get(name)
    if asked is None:
        stop(_("There is no backtest of '{name}'. Known: {known}"), USAGE, name=name, known=", ".join(backtests()))
    first, last = read_day(since), read_day(until)
    home = standing()
    versions = Store(home.facts).versions()

    def book_now() -> tuple[Source, DuckEngine]:
        engine = DuckEngine()
        return facts(home, engine, versions), engine

    try:
        book = opened_book(book_now)
        days = origins(book.first_day, book.now.as_of, asked.horizon, first, last)
        judged = judge(book, asked, days)
    except Refusal as refusal:
        stop(refusal.message, FAILED)
    if as_json:
        write_json(_document(name, asked.horizon, judged))
    else:
        _print(asked, judged)


def _document(name: str, horizon: int, judged: Judged) -> dict[str, Any]:
    return {
        "backtest": name,
        "horizon_days": horizon,
        "headline": judged.headline.say(screen.language),
        "pooled": plain(judged.pooled),
        "origins": plain(judged.origins),
        **plain(judged.tables),
        "warnings": [warning.say(screen.language) for warning in judged.warnings],
    }


OF_TABLES: Final = (
    Column("from", Unit.SHARE, _("Stated from"), _("The lower end of the stated risks")),
    Column("to", Unit.SHARE, _("to"), _("The upper end of the stated risks")),
    Column("accounts", Unit.COUNT, _("Accounts"), _("Accounts asked about")),
    Column("stated", Unit.SHARE, _("Stated"), _("The stated risk on average")),
    Column("happened", Unit.SHARE, _("Happened"), _("The share that was lost")),
    Column("happened_low", Unit.SHARE, _("from"), _("Lower end of the 95 % interval")),
    Column("happened_high", Unit.SHARE, _("to"), _("Upper end of the 95 % interval")),
    Column("score", Unit.CODE, _("Score"), _("The analysis, or the rule of thumb")),
    Column("auc", Unit.SHARE, _("Pairs right"), _("Of pairs of a lost and a kept account, put right (AUC)")),
    Column("auc_low", Unit.SHARE, _("from"), _("The lower end of its interval")),
    Column("auc_high", Unit.SHARE, _("to"), _("The upper end of its interval")),
    Column("losses", Unit.COUNT, _("Losses"), _("Accounts that were lost")),
    Column("alarmed_before", Unit.COUNT, _("Alarm before"), _("Those with an alarm before they were lost")),
    Column("median_days", Unit.DAYS, _("Median lead"), _("Days from the first alarm to the loss")),
    Column("share_30_days", Unit.SHARE, _("30 days ahead"), _("Share with an alarm at least thirty days before")),
)
"""The columns of the further tables, those that a backtest does not declare itself."""


def _print(asked: Backtest, judged: Judged) -> None:
    out().print(judged.headline.say(screen.language), style="cyan", markup=False)
    known = {column.name: column for column in OF_TABLES}
    _table(asked.columns, judged.origins)
    for rows in judged.tables.values():
        _table([known[name] for name in rows[0] if name in known] if rows else [], rows)
    for warning in judged.warnings:
        out().print(f"! {warning.say(screen.language)}", style="yellow", markup=False)


def _table(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        headings = [(translate(column.label, screen.language), column.is_figure) for column in columns]
        table("", headings, [[_shown(row[column.name], column) for column in columns] for row in rows])


def _shown(value: Any, column: Column) -> str:
    """As on screens; a day of a row is written out already."""
    if isinstance(value, str):
        return value
    return written(value, column, "", screen.language)
