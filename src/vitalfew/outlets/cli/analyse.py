"""``vitalfew analyses``, ``vitalfew analyse NAME``, ``vitalfew refresh``."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import typer

from vitalfew.catalogue import Analysis, Refusal, UnknownOption, catalogue
from vitalfew.home import Home
from vitalfew.language import Message, translate
from vitalfew.outlets.answers import described
from vitalfew.outlets.cli.deliver import BINARY, Answer, deliver, form_of
from vitalfew.outlets.cli.files import paths
from vitalfew.outlets.cli.house import standing
from vitalfew.outlets.cli.screen import FAILED, REFUSED, USAGE, say, screen, stop, table, write_json
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
    Run,
    day_number,
    is_input,
    must_reach,
    own_tables,
    start,
    typed,
)
from vitalfew.warehouse.sources import Beside, FromTables, Source
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import is_open


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
    after_import: Annotated[
        int | None, typer.Option(help="With the facts as they were right after this import (its number).")
    ] = None,
    *,
    decimal_comma: Annotated[bool, typer.Option("--decimal-comma", help="1.234,56 is 1234.56.")] = False,
) -> None:
    """Run an analysis, or several, on the home's facts, or straight on files with --input."""
    form = form or form_of(output)
    if output and not output.parent.is_dir():
        stop(_("There is no folder {folder}: make it, or name another"), USAGE, folder=output.parent)
    if form in BINARY and output is None and sys.stdout.isatty():
        stop(_("A {form} file can't be shown on a terminal: name a file with --output FILE"), USAGE, form=form)
    reading = Options(
        mapping=_pairs(map_), encoding=encoding, sheet=sheet, day_first=day_first, decimal_comma=decimal_comma
    )
    asked = _asked(names, _pairs(param))
    _known_engine(engine)
    try:
        with engine_for(engine) as on:
            then = _then(after_import, beside=given)
            run = _run(on, read_day(as_of), _inputs(given), currency, reading, needed=_needed(asked), then=then)
            answers = [_answer(run, analysis, options) for analysis, options in asked]
            deliver(answers, form, output, account, run.source)
    except NotAvailable as missing:
        stop(NO_ENGINE, FAILED, engine=missing.name)
    except Refusal as refusal:
        stop(refusal.message, FAILED)
    except Refused as refused:
        stop(refused.say(lambda text: translate(text, screen.language)), REFUSED)


Asked = list[tuple[Analysis, dict[str, Any]]]


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


def _then(import_id: int | None, beside: list[str] | None) -> Mapping[str, int] | None:
    """The tables' versions right after an import, where one is named."""
    if import_id is None:
        return None
    if beside:
        stop(_("--after-import is for the home's own facts: leave --input out"), USAGE)
    found = Store(standing().facts).versions_after(import_id)
    if found is None:
        stop(_("Import {id} has left no facts: 'vitalfew imports' lists those there are"), USAGE, id=import_id)
    return found


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
        if "=" not in text:
            stop(_("Say which table the file is, as in --input order_lines={text}"), USAGE, text=text)
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
    then: Mapping[str, int] | None = None,
) -> Run:
    """The book opened: the home's facts, or the files that were given; or both, if those are no facts and facts are needed."""
    if not given:
        source: Source = known(standing(), engine, then)
        must_reach(source, as_of, currency)
        return start(source, engine, as_of, currency)
    tables, caveats = {}, []
    for name, files in given.items():
        read = [_file(name, path, reading) for path in files]
        tables[name] = together(name, [rows for rows, _said_of_it in read])
        caveats += [each for _rows, said in read for each in said]
    source = FromTables(engine, tables)
    if needed - given.keys() and all(is_open(name) for name in given) and Home.named().exists:
        source = Beside(known(standing(), engine), source)
    must_reach(source, as_of, currency)
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
    elif not document["accounts"]:
        say(
            _(
                "There are no orders to compute anything from: import an order book first (vitalfew import order-lines FILE)"
            )
        )
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
