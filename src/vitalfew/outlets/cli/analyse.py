"""``vitalfew analyses``, ``vitalfew analyse NAME``, ``vitalfew refresh``."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from vitalfew.catalogue import Analysis, Refusal, UnknownOption, catalogue
from vitalfew.language import Figure, Message, translate
from vitalfew.outlets.answers import as_csv, as_json, as_parquet, described, written
from vitalfew.outlets.cli.house import opened
from vitalfew.outlets.cli.screen import FAILED, REFUSED, USAGE, out, say, screen, stop, table, write_json
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.given import read_file
from vitalfew.warehouse.readers import Options, Refused
from vitalfew.warehouse.run import FromStore, FromTables, Result, day_number, start, typed
from vitalfew.warehouse.store import Store

SHOWN = 20
PLAIN = frozenset({Unit.CODE, Unit.WORD, Unit.TEXT, Unit.DAY})


def add_to(app: typer.Typer) -> None:
    app.command("analyses")(analyses)
    app.command("analyse")(analyse)
    app.command("refresh")(refresh)


def analyses(*, as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False) -> None:
    """List every analysis: its question, inputs, options, columns and source."""
    if as_json:
        write_json([described(each, screen.language) for each in catalogue().values()])
        return
    rows = [
        [each.name, translate(each.group.label, screen.language), translate(each.question, screen.language)]
        for each in catalogue().values()
    ]
    table("", [(screen.tr(_("Name")), False), (screen.tr(_("Group")), False), (screen.tr(_("Question")), False)], rows)


def analyse(
    name: str,
    as_of: Annotated[str | None, typer.Option(help="Look no further than this day (2025-12-31).")] = None,
    param: Annotated[list[str] | None, typer.Option(help="An option of the analysis, as name=value.")] = None,
    account: Annotated[str | None, typer.Option(help="Only this account's row.")] = None,
    given: Annotated[
        list[str] | None, typer.Option("--input", help="A table from a file, as order_lines=FILE.")
    ] = None,
    engine: Annotated[str, typer.Option(help="duckdb")] = "duckdb",
    form: Annotated[str, typer.Option("--format", help="table, json, csv, parquet or png.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    currency: Annotated[str | None, typer.Option(help="The currency to count (else the book's most frequent).")] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", help="A field's column in the input file, as customer=Client.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Of the input file, such as gb18030.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of an input workbook.")] = None,
    day_first: Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 3/4/2025 is read.")] = None,
    *,
    decimal_comma: Annotated[bool, typer.Option("--decimal-comma", help="1.234,56 is 1234.56.")] = False,
) -> None:
    """Run one analysis on the home's facts, or straight on files with --input."""
    reading = Options(
        mapping=_pairs(map_), encoding=encoding, sheet=sheet, day_first=day_first, decimal_comma=decimal_comma
    )
    analysis = catalogue().get(name)
    if analysis is None:
        stop(_("There is no analysis '{name}'. Known: {known}"), USAGE, name=name, known=", ".join(catalogue()))
    if engine != "duckdb":
        stop(_("Engine '{engine}' is not available here. Known: duckdb"), USAGE, engine=engine)
    try:
        result = _result(analysis, read_day(as_of), _pairs(param), _pairs(given), currency, reading)
    except Refused as refused:
        stop(refused.say(lambda text: translate(text, screen.language)), REFUSED)
    except Refusal as refusal:
        stop(refusal.message, FAILED)
    except UnknownOption as unknown:
        stop(unknown.message, USAGE)
    _deliver(result, form, output, account)


def read_day(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return day_number(date.fromisoformat(text))
    except ValueError:
        stop(_("'{text}' is not a date. Write it as 2025-12-31"), USAGE, text=text)


def _pairs(texts: list[str] | None) -> dict[str, str]:
    for text in texts or []:
        if "=" not in text:
            stop(_("'{text}' needs the form name=value"), USAGE, text=text)
    return dict(text.split("=", 1) for text in texts or [])


def _result(
    analysis: Analysis,
    as_of: int | None,
    options: dict[str, str],
    given: dict[str, str],
    currency: str | None,
    reading: Options,
) -> Result:
    chosen = typed(analysis, options)
    engine = DuckEngine()
    if not given:
        home = opened()
        run = start(FromStore(engine, Store(home.facts).snapshot()), engine, as_of, currency)
        return run.result(analysis.name, **chosen)
    tables, caveats = {}, []
    for name, path in given.items():
        if not Path(path).exists():
            stop(_("There is no file '{path}'"), FAILED, path=path)
        rows, said, source = read_file(name, Path(path), reading)
        tables[name] = rows
        caveats += said
        if source is not None:
            _tell_guesses(source)
        for each in said:
            say(each.text, **{figure: _said(value) for figure, value in each.figures.items()})
    run = start(FromTables(engine, tables), engine, as_of, currency)
    run.caveats = (*run.caveats, *caveats)
    return run.result(analysis.name, **chosen)


def _said(figure: Figure) -> str:
    return figure if isinstance(figure, str) else figure.say(screen.language)


def _tell_guesses(reading: Any) -> None:
    """Which heading was taken for which field, so that a wrong guess is seen at once."""
    pairs = ", ".join(f"{field} ← {heading}" for field, heading in reading.mapping.items())
    say(_("Columns: {pairs}"), pairs=pairs)
    if reading.ignored:
        say(_("Not used: {names}"), names=", ".join(reading.ignored))


def _deliver(result: Result, form: str, output: Path | None, account: str | None) -> None:
    if account is not None and "customer" in result.table.column_names:
        result = _only(result, account)
    if form == "json":
        _write(as_json(result, screen.language).encode(), output)
    elif form == "csv":
        _write(as_csv(result), output)
    elif form == "parquet":
        _write(as_parquet(result), output)
    elif form == "png":
        _picture(result, output)
    elif form == "table":
        _print(result)
    else:
        stop(_("There is no format '{form}'. Known: table, json, csv, parquet, png"), USAGE, form=form)


def _only(result: Result, account: str) -> Result:
    from dataclasses import replace

    import pyarrow.compute as pc

    rows = result.table.filter(pc.equal(result.table["customer"], account))
    if not rows.num_rows:
        stop(_("The analysis has no row for the account '{account}'"), FAILED, account=account)
    return replace(result, findings=replace(result.findings, rows=rows))


def _write(content: bytes, output: Path | None) -> None:
    if output:
        output.write_bytes(content)
        return
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _picture(result: Result, output: Path | None) -> None:
    chart = result.chart(screen.language)
    if chart is None:
        stop(_("This analysis has no chart; ask for --format table"), USAGE)
    _write(chart.svg() if output and output.suffix == ".svg" else chart.png(), output)


def _print(result: Result) -> None:
    language = screen.language
    meta = result.described(language)
    out().print(translate(result.analysis.title, language), style="bold")
    if meta["headline"]:
        out().print(meta["headline"], style="cyan", markup=False)
    columns = [(translate(c.label, language), c.unit not in PLAIN) for c in result.analysis.columns]
    rows = [
        [
            written(value, column, result.currency, language)
            for value, column in zip(row.values(), result.analysis.columns, strict=True)
        ]
        for row in result.table.slice(0, SHOWN).to_pylist()
    ]
    table("", columns, rows)
    if result.table.num_rows > SHOWN:
        say(_("… and {n} more rows: --format csv --output FILE writes them all"), n=result.table.num_rows - SHOWN)
    for warning in meta["warnings"]:
        out().print(f"! {warning}", style="yellow", markup=False)
    out().print(
        screen.tr(_("As of {day}. Source: {source}"), day=meta["as_of"], source=meta["source"]),
        style="dim",
        markup=False,
    )


def refresh(
    as_of: Annotated[str | None, typer.Option(help="Look no further than this day.")] = None,
    engine: Annotated[str, typer.Option(help="duckdb")] = "duckdb",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Run every analysis for every account and show the new scorecards."""
    if engine != "duckdb":
        stop(_("Engine '{engine}' is not available here. Known: duckdb"), USAGE, engine=engine)
    home = opened()
    from vitalfew.imports.work import refresh_now
    from vitalfew.outlets.cli.bars import steps

    with steps() as progress:
        row = refresh_now(home, read_day(as_of), progress)
    found = {name: _spoken(each) for name, each in row.summaries.items()}
    document = {"refresh": row.pk, "as_of": row.as_of, "analyses": found, "accounts": row.scorecards.count()}
    if as_json:
        write_json(document)
    else:
        say(_("{n} accounts refreshed as of {day}"), n=document["accounts"], day=row.as_of)
        for warning in dict.fromkeys(text for each in found.values() for text in each["warnings"]):
            say("! {warning}", warning=warning)


def _spoken(kept: dict[str, Any]) -> dict[str, Any]:
    """A kept summary with its sentences said."""
    said = {
        name: Message.restored(kept[name]).say(screen.language) for name in ("headline", "refused") if kept.get(name)
    }
    warnings = [Message.restored(each).say(screen.language) for each in kept.get("warnings", [])]
    return {**kept, **said, "warnings": warnings}
