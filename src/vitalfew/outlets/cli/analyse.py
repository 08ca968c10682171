"""``vitalfew analyses``, ``vitalfew analyse NAME``, ``vitalfew refresh``."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import typer

from vitalfew.catalogue import Analysis, Column, Refusal, UnknownOption, catalogue
from vitalfew.home import Home
from vitalfew.language import Message, translate
from vitalfew.outlets.answers import as_csv, as_json, as_parquet, described, largest_first, with_tables, written
from vitalfew.outlets.cli.files import paths
from vitalfew.outlets.cli.house import standing
from vitalfew.outlets.cli.screen import FAILED, REFUSED, USAGE, out, records, say, screen, stop, table, write_json
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.engines import ENGINES, Engine, NotAvailable
from vitalfew.warehouse.engines import engine as engine_for
from vitalfew.warehouse.given import read_file, together
from vitalfew.warehouse.known import known
from vitalfew.warehouse.readers import Options, Refused
from vitalfew.warehouse.run import (
    NO_ANALYSIS,
    NO_DATE,
    NO_TABLE,
    Result,
    Run,
    day_number,
    is_input,
    own_tables,
    start,
    typed,
)
from vitalfew.warehouse.sources import Beside, FromTables, Source
from vitalfew.warehouse.tables import is_open

RECORDS = 3

SHOWN, SHOWN_OF_SEVERAL = 20, 8


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
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="One analysis, or several.")],
    as_of: Annotated[str | None, typer.Option(help="Look no further than this day (2025-12-31).")] = None,
    param: Annotated[list[str] | None, typer.Option(help="An option of the analysis, as name=value.")] = None,
    account: Annotated[str | None, typer.Option(help="Only this account's row.")] = None,
    given: Annotated[
        list[str] | None, typer.Option("--input", help="A table from a file, as order_lines=FILE.")
    ] = None,
    engine: Annotated[str, typer.Option(help="duckdb or spark.")] = "duckdb",
    form: Annotated[
        str, typer.Option("--format", help="table, json, csv, parquet, png or svg; else by the file's ending.")
    ] = "",
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
    """Run an analysis, or several, on the home's facts, or straight on files with --input."""
    form = form or _form_of(output)
    if form in BINARY and output is None and sys.stdout.isatty():
        stop(_("A {form} file can't be shown on a terminal: name a file with --output FILE"), USAGE, form=form)
    reading = Options(
        mapping=_pairs(map_), encoding=encoding, sheet=sheet, day_first=day_first, decimal_comma=decimal_comma
    )
    asked = _asked(names, _pairs(param))
    _known_engine(engine)
    try:
        with engine_for(engine) as on:
            run = _run(on, read_day(as_of), _inputs(given), currency, reading, needed=_needed(asked))
            answers = [_answer(run, analysis, options) for analysis, options in asked]
    except NotAvailable as missing:
        stop(NO_ENGINE, FAILED, engine=missing.name)
    except Refused as refused:
        stop(refused.say(lambda text: translate(text, screen.language)), REFUSED)
    _deliver(answers, form, output, account)


FORMS = ("json", "csv", "parquet", "png", "svg")
PICTURES = frozenset({"png", "svg"})
BINARY = PICTURES | {"parquet"}


def _form_of(output: Path | None) -> str:
    """How to write, by the file's ending; to the terminal as a table."""
    if output is None:
        return "table"
    ending = output.suffix.lower().lstrip(".")
    if ending not in FORMS:
        stop(_("Name the file's form by its ending or --format: {forms}"), USAGE, forms=", ".join(FORMS))
    return ending


Asked = list[tuple[Analysis, dict[str, Any]]]
Answer = Result | tuple[Analysis, Message]


def _asked(names: list[str], options: dict[str, str]) -> Asked:
    """The analyses, each with those of the options that it has."""
    known = catalogue()
    for name in names:
        if name not in known:
            stop(NO_ANALYSIS, USAGE, name=name, known=", ".join(known))
    asked = [known[name] for name in names]
    nobodys = {o: v for o, v in options.items() if not any(o in each.options for each in asked)}
    try:
        typed(asked[0], nobodys)
        return [(each, typed(each, {o: v for o, v in options.items() if o in each.options})) for each in asked]
    except UnknownOption as unknown:
        stop(unknown.message, USAGE)


def _answer(run: Run, analysis: Analysis, options: dict[str, Any]) -> Answer:
    try:
        return run.result(analysis.name, **options)
    except Refusal as refusal:
        return analysis, refusal.message


NO_ENGINE = _("Engine '{engine}' is not installed here: install vitalfew[{engine}]")


def _known_engine(name: str) -> None:
    if name not in ENGINES:
        stop(_("There is no engine '{engine}'. Known: {known}"), USAGE, engine=name, known=", ".join(ENGINES))


def read_day(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return day_number(date.fromisoformat(text))
    except ValueError:
        stop(NO_DATE, USAGE, text=text)


def _pairs(texts: list[str] | None) -> dict[str, str]:
    for text in texts or []:
        if "=" not in text:
            stop(_("'{text}' needs the form name=value"), USAGE, text=text)
    return dict(text.split("=", 1) for text in texts or [])


def _inputs(texts: list[str] | None) -> dict[str, list[Path]]:
    """The files of each table: a file, a folder or a pattern each, and the same table as often as there are files."""
    files: dict[str, list[Path]] = {}
    for text in texts or []:
        (name, path), *_more = _pairs([text]).items()
        if not is_input(name):
            stop(NO_TABLE, USAGE, name=name, known=", ".join(own_tables()))
        files.setdefault(name, []).extend(paths(path))
    return files


def _needed(asked: Asked) -> frozenset[str]:
    """What the analyses can't do without."""
    return frozenset(name for each, _options in asked for name in each.inputs if name not in each.optional_inputs)


def _run(
    engine: Engine,
    as_of: int | None,
    given: dict[str, list[Path]],
    currency: str | None,
    reading: Options,
    needed: frozenset[str],
) -> Run:
    """The book opened: the home's facts, or the files that were given; or both, if those are no facts and facts are needed."""
    if not given:
        return start(known(standing(), engine), engine, as_of, currency)
    tables, caveats = {}, []
    for name, files in given.items():
        read = [_file(name, path, reading) for path in files]
        tables[name] = together(name, [rows for rows, _said_of_it in read])
        caveats += [each for _rows, said in read for each in said]
    source: Source = FromTables(engine, tables)
    if needed - given.keys() and all(is_open(name) for name in given) and Home.named().exists:
        source = Beside(known(standing(), engine), source)
    run = start(source, engine, as_of, currency)
    run.caveats = (*run.caveats, *caveats)
    return run


def _file(name: str, path: Path, reading: Options) -> tuple[pa.Table, list[Message]]:
    try:
        rows, caveats, source = read_file(name, path, reading)
    except Refusal as refusal:
        stop(refusal.message, REFUSED)
    if source is not None:
        _tell_guesses(source)
    return rows, caveats


def _tell_guesses(reading: Any) -> None:
    """Which heading was taken for which field, so that a wrong guess is seen at once."""
    pairs = ", ".join(f"{field} ← {heading}" for field, heading in reading.mapping.items())
    say(_("Columns: {pairs}"), pairs=pairs)
    if reading.ignored:
        say(_("Not used: {names}"), names=", ".join(reading.ignored))


def _deliver(answers: list[Answer], form: str, output: Path | None, account: str | None) -> None:
    if len(answers) == 1 and isinstance(answers[0], tuple):
        stop(with_tables(*answers[0], screen.language), FAILED)
    found = [_only(each, account) if account and isinstance(each, Result) else each for each in answers]
    if form == "table":
        for each in found:
            _print(each, SHOWN if len(found) == 1 else SHOWN_OF_SEVERAL)
    elif form == "json":
        _write(_json(found).encode(), output)
    elif form not in FORMS:
        stop(_("There is no format '{form}'. Known: table, json, csv, parquet, png, svg"), USAGE, form=form)
    elif isinstance(found[0], Result) and len(found) == 1:
        _deliver_one(found[0], form, output)
    else:
        stop(_("Only one analysis at a time goes into a {form} file"), USAGE, form=form)


def _deliver_one(result: Result, form: str, output: Path | None) -> None:
    if form in PICTURES:
        _picture(result, form, output)
    else:
        _write(as_csv(result) if form == "csv" else as_parquet(result), output)


def _json(answers: list[Answer]) -> str:
    """One document; of several analyses a list of theirs."""
    documents = [
        as_json(each, screen.language) if isinstance(each, Result) else json.dumps(_refused(*each), ensure_ascii=False)
        for each in answers
    ]
    return documents[0] if len(documents) == 1 else f"[{', '.join(documents)}]"


def _refused(analysis: Analysis, why: Message) -> dict[str, Any]:
    return {"meta": {"analysis": analysis.name, "refused": why.say(screen.language)}, "columns": [], "rows": []}


def _only(result: Result, account: str) -> Result:
    from dataclasses import replace

    import pyarrow.compute as pc

    if "customer" not in result.table.column_names:
        return result
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


def _picture(result: Result, form: str, output: Path | None) -> None:
    chart = result.chart(screen.language)
    if chart is None:
        stop(_("This analysis has no chart; ask for --format table"), USAGE)
    _write(chart.svg() if form == "svg" else chart.png(), output)


def _print(answer: Answer, most: int) -> None:
    if isinstance(answer, tuple):
        out().print(translate(answer[0].title, screen.language), style="bold")
        out().print(answer[1].say(screen.language), style="yellow", markup=False)
        return
    _print_result(answer, most)


def _print_result(result: Result, most: int) -> None:
    language = screen.language
    meta = result.described(language)
    out().print(translate(result.analysis.title, language), style="bold")
    if meta["headline"]:
        out().print(meta["headline"], style="cyan", markup=False)
    shown = _weightiest_first(result.analysis)
    columns = [(translate(c.label, language), c.is_figure) for c in shown]
    rows = [
        [written(row[column.name], column.in_row(row), result.currency, language) for column in shown]
        for row in largest_first(result).slice(0, most).to_pylist()
    ]
    hidden = [] if _few(rows) else table("", columns, rows, whole=False)
    if _few(rows):
        for row in rows:
            records([heading for heading, _right in columns], row)
    if hidden:
        say(_("Columns that had no room: {names}"), names=", ".join(hidden))
    if result.table.num_rows > most:
        say(_("… and {n} more rows: --format csv --output FILE writes them all"), n=result.table.num_rows - most)
    for warning in meta["warnings"]:
        out().print(f"! {warning}", style="yellow", markup=False)
    out().print(
        screen.tr(_("As of {day}. Source: {source}"), day=meta["as_of"], source=meta["source"]),
        style="dim",
        markup=False,
    )


def _few(rows: list[list[str]]) -> bool:
    """So few rows that each is told column by column."""
    return len(rows) <= RECORDS


def _weightiest_first(analysis: Analysis) -> list[Column]:
    """The columns, those that are drawn and their interval right behind the account: a terminal is narrow."""
    if not analysis.per_account or analysis.drawing is None:
        return list(analysis.columns)
    drawn = {"customer", "low", "high", analysis.drawing.y}
    return sorted(analysis.columns, key=lambda column: column.name not in drawn)


def refresh(
    as_of: Annotated[str | None, typer.Option(help="Look no further than this day.")] = None,
    engine: Annotated[str, typer.Option(help="duckdb or spark.")] = "duckdb",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Run every analysis for every account and show the new scorecards."""
    _known_engine(engine)
    home = standing()
    from django.utils import timezone

    from vitalfew.imports.work import afterwards, drop_asked, refresh_now
    from vitalfew.outlets.cli.bars import steps

    began = timezone.now()
    try:
        with steps() as progress:
            row = refresh_now(home, read_day(as_of), progress, engine)
    except NotAvailable as missing:
        stop(NO_ENGINE, FAILED, engine=missing.name)
    if as_of is None:
        drop_asked(before=began)
    afterwards()
    found = {name: _spoken(each) for name, each in row.summaries.items()}
    document = {"refresh": row.pk, "as_of": row.as_of, "analyses": found, "accounts": row.scorecards.count()}
    if as_json:
        write_json(document)
    else:
        say(_("{n} accounts refreshed as of {day}"), n=document["accounts"], day=row.as_of)
        headings = [(screen.tr(_("Analysis")), False), (screen.tr(_("Finding")), False)]
        table("", headings, [[_title(name), _finding(each)] for name, each in found.items()])


def _title(name: str) -> str:
    return translate(catalogue()[name].title, screen.language)


def _finding(spoken: dict[str, Any]) -> str:
    """What was found in a sentence, or why nothing was."""
    return str(spoken.get("headline") or spoken.get("refused") or "–")


def _spoken(kept: dict[str, Any]) -> dict[str, Any]:
    """A kept summary with its sentences said."""
    said = {
        name: Message.restored(kept[name]).say(screen.language) for name in ("headline", "refused") if kept.get(name)
    }
    warnings = [Message.restored(each).say(screen.language) for each in kept.get("warnings", [])]
    return {**kept, **said, "warnings": warnings}
