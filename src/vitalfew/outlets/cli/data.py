"""``vitalfew import``, ``imports``, ``import-undo``: facts in, and out again."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from vitalfew.home import Home
from vitalfew.language import translate
from vitalfew.outlets.cli.bars import reading
from vitalfew.outlets.cli.files import paths
from vitalfew.outlets.cli.house import opened, standing, who
from vitalfew.outlets.cli.screen import (
    DONE,
    FAILED,
    REFUSED,
    SOME_REJECTED,
    USAGE,
    out,
    say,
    say_as_is,
    screen,
    stop,
    table,
    write_json,
)
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.readers import REASONS, Options, Refused
from vitalfew.warehouse.readers.reasons import WARNINGS
from vitalfew.warehouse.tables import KINDS


def add_to(app: typer.Typer) -> None:
    app.command("import")(bring_in)
    app.command("imports")(imports)
    app.command("import-undo")(import_undo)


def bring_in(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(KINDS)}.")],
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files, folders, patterns, - or sql://….")],
    map_: Annotated[
        list[str] | None, typer.Option("--map", help="FIELD=COLUMN: the column that is this field.")
    ] = None,
    mapping: Annotated[
        str | None, typer.Option(help="A saved mapping; with --map it is saved under this name.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Such as gb18030, big5, utf-8.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
    currency: Annotated[str | None, typer.Option(help="The currency of a file that has no currency column.")] = None,
    day_first: Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 3/4/2025 is read.")] = None,
    query: Annotated[str | None, typer.Option(help="The query, for a source that starts with sql://.")] = None,
    *,
    decimal_comma: Annotated[bool, typer.Option("--decimal-comma", help="1.234,56 is 1234.56.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Reject rows of customers that are not known yet.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, store nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Bring in files: a CSV, workbook, Parquet file, folder, pattern, - for standard input, or a query (sql://)."""
    if kind not in KINDS:
        stop(_("There is no kind '{kind}'. Known: {known}"), USAGE, kind=kind, known=", ".join(KINDS))
    home = opened()
    from vitalfew.imports.actions import settle
    from vitalfew.imports.work import ask_if_newer

    settle(home)
    fields = _mapping(kind, map_, mapping)
    options = Options(
        mapping=fields,
        encoding=encoding,
        sheet=sheet,
        currency=currency,
        day_first=day_first,
        decimal_comma=decimal_comma,
    )
    outcomes = [_one(home, kind, source, options, query, strict=strict, dry_run=dry_run) for source in _sources(files)]
    if not dry_run:
        _keep(mapping, kind, fields, outcomes)
        ask_if_newer(home)
    _tell(outcomes, as_json=as_json)


def _mapping(kind: str, map_: list[str] | None, name: str | None) -> dict[str, str]:
    """The saved mapping with what is said now laid over it."""
    from vitalfew.imports.models import Mapping

    said = dict(pair.split("=", 1) for pair in map_ or [] if "=" in pair)
    if len(said) < len(map_ or []) or said.keys() - KINDS[kind].by_name.keys():
        stop(
            _("--map needs FIELD=COLUMN with one of the fields {fields}"), USAGE, fields=", ".join(KINDS[kind].by_name)
        )
    if name is None:
        return said
    saved = Mapping.objects.filter(name=name).first()
    if saved is None and not said:
        stop(_("There is no saved mapping '{name}'"), FAILED, name=name)
    if saved and saved.kind != kind:
        stop(_("The saved mapping '{name}' is for {kind}"), FAILED, name=name, kind=saved.kind)
    return {**(saved.fields if saved else {}), **said}


def _keep(name: str | None, kind: str, fields: dict[str, str], outcomes: list[dict[str, Any]]) -> None:
    """The columns under their name, once a file could be read with them."""
    if name and any("refused" not in outcome for outcome in outcomes):
        from vitalfew.imports.actions import keep_columns

        keep_columns(who(), name, kind, fields)


def _sources(files: list[str]) -> Iterator[str | Path | IO[bytes]]:
    for name in files:
        if name == "-":
            yield sys.stdin.buffer
        elif name.startswith("sql://"):
            yield name
        else:
            yield from paths(name)


def _one(
    home: Home, kind: str, source: Any, options: Options, query: str | None, *, strict: bool, dry_run: bool
) -> dict[str, Any]:
    from vitalfew.imports.actions import Job, receive

    given = source.name if isinstance(source, Path) else source if isinstance(source, str) else "stdin"
    job = Job(kind, source, who(), options, given_name=given, query=query, dry_run=dry_run, strict=strict)
    name = job.shown_name
    try:
        with reading(name) as progress:
            return receive(job, home, progress).as_json()
    except Refused as refused:
        message = refused.say(lambda text: translate(text, screen.language))
        return {"import": None, "kind": kind, "file": name, "refused": refused.reason, "message": message}


def _tell(outcomes: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        write_json(outcomes[0] if len(outcomes) == 1 else outcomes)
    for outcome in outcomes:
        _tell_one(outcome)
    refused = any("refused" in outcome for outcome in outcomes)
    rejected = any(outcome.get("rows_rejected") for outcome in outcomes)
    raise SystemExit(REFUSED if refused else SOME_REJECTED if rejected else DONE)


def _tell_one(outcome: dict[str, Any]) -> None:
    for line in _lines(outcome):
        say_as_is(line)


def _lines(outcome: dict[str, Any]) -> Iterator[str]:
    """What became of a file, line by line."""
    if "refused" in outcome:
        text = _("{file} was refused, nothing was stored: {message}")
        yield screen.tr(text, file=outcome["file"], message=outcome["message"])
        return
    yield screen.tr(
        _("{file}: {read} rows read, {accepted} accepted, {rejected} rejected, {unchanged} known already ({seconds} s)"),
        file=outcome["file"], read=f"{outcome['rows_read']:,}", accepted=f"{outcome['rows_accepted']:,}",
        rejected=f"{outcome['rows_rejected']:,}", unchanged=f"{outcome['rows_unchanged']:,}", seconds=outcome["seconds"],
    )  # fmt: skip
    if outcome["rows_restated"]:
        text = _("Of the accepted rows {n} take the place of older versions, which stay in the history")
        yield screen.tr(text, n=f"{outcome['rows_restated']:,}")
    if outcome.get("totals_skipped"):
        yield screen.tr(_("Totals rows skipped: {n}"), n=f"{outcome['totals_skipped']:,}")
    pairs = [f"{field} ← {heading}" for field, heading in outcome["mapping"].items()]
    yield screen.tr(_("Columns read: {pairs}"), pairs=", ".join(pairs))
    if outcome["ignored"]:
        yield screen.tr(_("Columns not used: {names}"), names=", ".join(outcome["ignored"]))
    for code, number in outcome.get("warnings", {}).items():
        yield f"  {number:>8,}  {code}: {translate(WARNINGS.get(code, ''), screen.language)}"
    for reason, number in outcome["reasons"].items():
        yield f"  {number:>8,}  {reason}: {translate(REASONS.get(reason, ''), screen.language)}"
    if outcome["rejects_file"]:
        text = _("The rejected rows wait in {path}: mend them there and import that file")
        yield screen.tr(text, path=outcome["rejects_file"])


def imports(
    number: Annotated[int | None, typer.Argument(metavar="[ID]", help="Number of an import; all without one.")] = None,
    rejects: Annotated[Path | None, typer.Option(help="Write the rejected rows to this file.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """What was imported, what was rejected and why."""
    home = opened()
    from vitalfew.imports.actions import settle
    from vitalfew.imports.models import Import

    settle(home)
    if number is None:
        _list(list(Import.objects.all()[:200]), as_json=as_json)
        return
    row = Import.objects.filter(pk=number).first()
    if row is None:
        stop(_("There is no import {number}"), FAILED, number=number)
    if rejects:
        _copy_rejects(home, row, rejects)
    if as_json:
        write_json({**_row(row), "report": row.report})
    elif not rejects:
        _show(row)


def _show(row: Any) -> None:
    """One import for people: what became of it, in the words of its day."""
    told = list(_lines(row.report)) if "mapping" in row.report else [_reason(row) or row.file]
    state = translate(row.get_state_display(), screen.language)
    for line in (f"{row.pk}  {row.kind}  {row.file}  {state}", *told):
        out().print(line, markup=False, soft_wrap=True)


def _reason(row: Any) -> str:
    """Why nothing of a file was stored."""
    if "params" not in row.report:
        return ""
    return Refused.restored(row.report).say(lambda text: translate(text, screen.language))


def _copy_rejects(home: Home, row: Any, target: Path) -> None:
    from vitalfew.imports.questions import rejects_of
    from vitalfew.imports.rejects import format_of, give_back

    source = rejects_of(home, row)
    if source is None:
        stop(_("Import {number} has no rejected rows"), FAILED, number=row.pk)
    if not target.parent.is_dir():
        stop(_("There is no folder {folder}: make it, or name another"), USAGE, folder=target.parent)
    with target.open("wb") as file:
        give_back(source, format_of(target.name), screen.language, file)
    say(_("Rejected rows written to {path}"), path=target)


def _row(row: Any) -> dict[str, Any]:
    counts = {
        name: row.report.get(name, 0) for name in ("rows_read", "rows_accepted", "rows_rejected", "rows_unchanged")
    }
    return {
        "import": row.pk,
        "kind": row.kind,
        "file": row.file,
        "state": row.state,
        "at": row.started_at.isoformat(),
        "who": row.who,
        **counts,
    }


def _list(rows: list[Any], *, as_json: bool) -> None:
    from vitalfew.imports.models import ImportState

    if as_json:
        write_json([_row(row) for row in rows])
        return
    headings = [
        (screen.tr(text), right)
        for text, right in (
            (_("Import"), True),
            (_("When"), False),
            (_("Kind"), False),
            (_("File"), False),
            (_("State"), False),
            (_("Accepted"), True),
            (_("Rejected"), True),
            (_("Known already"), True),
        )
    ]
    table("", headings, [_cells(row) for row in rows])
    for row in rows:
        if row.state == ImportState.REFUSED and (reason := _reason(row)):
            out().print(f"{row.pk}: {reason}", style="yellow", markup=False, soft_wrap=True)


def _cells(row: Any) -> list[str]:
    from django.utils import timezone

    counts = (row.report.get(name, 0) for name in ("rows_accepted", "rows_rejected", "rows_unchanged"))
    state = translate(row.get_state_display(), screen.language)
    at = timezone.localtime(row.started_at).strftime("%Y-%m-%d %H:%M")
    return [str(row.pk), at, row.kind, row.file, state, *(f"{count:,}" for count in counts)]


def import_undo(number: Annotated[int, typer.Argument(metavar="ID", help="Number of the import.")]) -> None:
    """Take an import back whole; what it had replaced is current again."""
    home = standing()
    from vitalfew.imports.actions import NotThere, undo
    from vitalfew.imports.work import ask_if_newer

    try:
        gone = undo(number, home, who())
    except NotThere:
        stop(_("There is no import {number} that could be taken back"), FAILED, number=number)
    ask_if_newer(home)
    say(_("Import {number} taken back: {rows} rows are gone"), number=number, rows=gone)
