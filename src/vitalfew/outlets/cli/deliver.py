"""What ``vitalfew analyse`` found: on the terminal, or in a file of the form asked for."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vitalfew.catalogue import Analysis, Column
from vitalfew.language import Message, translate
from vitalfew.outlets.answers import as_csv, as_json, as_parquet, largest_first, with_tables, written
from vitalfew.outlets.cli.names import names_of
from vitalfew.outlets.cli.screen import FAILED, USAGE, into, out, records, say, screen, stop, table
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import Result
from vitalfew.warehouse.sources import Source

RECORDS = 3
SHOWN, SHOWN_OF_SEVERAL = 20, 8
Answer = Result | tuple[Analysis, Message]
FORMS = ("json", "csv", "parquet", "png", "svg")
PICTURES = frozenset({"png", "svg"})
BINARY = PICTURES | {"parquet"}


def form_of(output: Path | None) -> str:
    """How to write, by the file's ending; to the terminal as a table."""
    if output is None:
        return "table"
    ending = output.suffix.lower().lstrip(".")
    if ending not in FORMS:
        stop(_("Name the file's form by its ending or --format: {forms}"), USAGE, forms=", ".join(FORMS))
    return ending


def deliver(answers: list[Answer], form: str, output: Path | None, account: str | None, source: Source) -> None:
    if len(answers) == 1 and isinstance(answers[0], tuple):
        stop(with_tables(*answers[0], screen.language), FAILED)
    found = [_only(each, account) if account and isinstance(each, Result) else each for each in answers]
    if form == "table":
        _print_all(found, output, source)
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


def _print_all(answers: list[Answer], output: Path | None, source: Source) -> None:
    """On the terminal as much as has room; into a file whole."""
    if output is None:
        for each in answers:
            _print(each, SHOWN if len(answers) == 1 else SHOWN_OF_SEVERAL, source)
        return
    with into(output):
        for each in answers:
            _print(each, sys.maxsize, source)


def _print(answer: Answer, most: int, source: Source) -> None:
    if isinstance(answer, tuple):
        out().print(translate(answer[0].title, screen.language), style="bold")
        out().print(answer[1].say(screen.language), style="yellow", markup=False)
        return
    _print_result(answer, most, source)


def _print_result(result: Result, most: int, source: Source) -> None:
    language = screen.language
    meta = result.described(language)
    out().print(translate(result.analysis.title, language), style="bold")
    _warn(result.caveats)
    if meta["headline"]:
        out().print(meta["headline"], style="cyan", markup=False)
    shown = _weightiest_first(result.analysis)
    columns = [(translate(c.label, language), c.is_figure) for c in shown]
    first = largest_first(result).slice(0, min(most, result.table.num_rows)).to_pylist()
    if result.analysis.per_account and most <= SHOWN:
        first = _with_names(first, source)
    rows = [
        [written(row[column.name], column.in_row(row), result.currency, language) for column in shown] for row in first
    ]
    hidden = [] if _few(rows) else table("", columns, rows, whole=False)
    if _few(rows):
        for row in rows:
            records([heading for heading, _right in columns], row)
    if hidden:
        say(_("Columns that had no room: {names}"), names=", ".join(hidden))
    if result.table.num_rows > most:
        say(_("… and {n} more rows: --format csv --output FILE writes them all"), n=result.table.num_rows - most)
    _warn(result.findings.warnings)
    out().print(
        screen.tr(_("As of {day}. Source: {source}"), day=meta["as_of"], source=meta["source"]),
        style="dim",
        markup=False,
    )


def _with_names(rows: list[dict[str, Any]], source: Source) -> list[dict[str, Any]]:
    """The account's name behind its code."""
    names = names_of(source, [row["customer"] for row in rows])
    return [{**row, "customer": f"{row['customer']} {names.get(row['customer'], '')}".rstrip()} for row in rows]


def _warn(warnings: Iterable[Message]) -> None:
    for warning in warnings:
        out().print(f"! {warning.say(screen.language)}", style="yellow", markup=False)


def _few(rows: list[list[str]]) -> bool:
    """So few rows that each is told column by column."""
    return len(rows) <= RECORDS


def _weightiest_first(analysis: Analysis) -> list[Column]:
    """The columns, those that are drawn and their interval right behind the account: a terminal is narrow."""
    if not analysis.per_account or analysis.drawing is None:
        return list(analysis.columns)
    drawn = {"customer", "low", "high", analysis.drawing.y}
    return sorted(analysis.columns, key=lambda column: column.name not in drawn)
