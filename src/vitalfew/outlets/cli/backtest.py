"""``vitalfew backtest NAME``: how well an analysis would have known, on the company's own past."""

from typing import Annotated, Any

import typer

from vitalfew.backtests.origins import origins
from vitalfew.backtests.register import Backtest, Judged, backtests, judge
from vitalfew.backtests.register import opened as opened_book
from vitalfew.catalogue import Refusal, plain
from vitalfew.outlets.cli.analyse import read_day
from vitalfew.outlets.cli.house import standing
from vitalfew.outlets.cli.screen import FAILED, USAGE, out, screen, stop, table, write_json
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import FromStore
from vitalfew.warehouse.store import Store

EMPTY = "–"


def add_to(app: typer.Typer) -> None:
    app.command("backtest")(backtest)


def backtest(
    name: str,
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
    snapshot = Store(home.facts).snapshot()

    def facts() -> tuple[FromStore, DuckEngine]:
        engine = DuckEngine()
        return FromStore(engine, snapshot), engine

    try:
        book = opened_book(facts)
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


def _print(asked: Backtest, judged: Judged) -> None:
    out().print(judged.headline.say(screen.language), style="cyan", markup=False)
    origins_ = [{column.name: row[column.name] for column in asked.columns} for row in judged.origins]
    for rows in (origins_, *judged.tables.values()):
        if rows:
            headings = [(name, not isinstance(rows[0][name], str)) for name in rows[0]]
            table("", headings, [[_shown(value) for value in row.values()] for row in rows])
    for warning in judged.warnings:
        out().print(f"! {warning.say(screen.language)}", style="yellow", markup=False)


def _shown(value: Any) -> str:
    if value is None:
        return EMPTY
    return f"{value:.3f}" if isinstance(value, float) else str(value)
