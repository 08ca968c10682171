"""A result as JSON, CSV, Parquet or written cells: the same for the command line, the API and exports."""

import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Analysis, Column, plain
from vitalfew.language import Count, Language, Message, Money, Number, Percent, Span, say_kept, translate
from vitalfew.language import plain as plain_figure
from vitalfew.spreadsheets import guarded
from vitalfew.terms import NO, YES, Term, Unit, label_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import Result, day_of, own_tables
from vitalfew.warehouse.tables import is_open

NONE = "–"


def as_json(result: Result, language: Language = "en") -> str:
    """``{"meta": …, "columns": […], "rows": [[…]]}``; days as ISO dates, nothing that is not a finite number."""
    return json.dumps(document(result, language), ensure_ascii=False, allow_nan=False)


def document(result: Result, language: Language = "en") -> dict[str, Any]:
    columns = [column_described(column, language) for column in result.analysis.columns]
    cells = [plain_values(result.table[c.name], c, language) for c in result.analysis.columns]
    return {
        "meta": plain(result.described(language)),
        "columns": columns,
        "rows": [list(row) for row in zip(*cells, strict=True)],
    }


def column_described(column: Column, language: Language) -> dict[str, Any]:
    return {
        "name": column.name,
        "unit": column.unit.value,
        "label": translate(column.label, language),
        "meaning": translate(column.meaning, language),
    }


def plain_values(values: pa.ChunkedArray, column: Column, language: Language) -> list[Any]:
    cells = values.to_pylist()
    if column.unit in {Unit.DAY, Unit.MONTH}:
        return [None if cell is None else day_of(cell).isoformat() for cell in cells]
    if column.unit is Unit.TEXT:
        return [None if cell is None else translate(cell, language) for cell in cells]
    if column.unit is Unit.SENTENCES:
        return [None if cell is None else say_kept(cell, language) for cell in cells]
    return [plain(cell) for cell in cells]


def largest_first(result: Result) -> pa.Table:
    """The rows as the analysis or its chart ranks accounts; as they came where neither does."""
    asked, table = result.analysis, result.table
    if asked.ranked is None:
        drawn = asked.drawing if asked.drawing and asked.drawing.kind in {"top", "points"} else None
        return table.sort_by([(drawn.y, "descending"), ("customer", "ascending")]) if drawn else table
    name, direction = asked.ranked
    sums = table.group_by("customer").aggregate([(name, "sum")])
    accounts = sums.sort_by([(f"{name}_sum", direction), ("customer", "ascending")])["customer"].combine_chunks()
    return table.take(pc.sort_indices(pc.index_in(table["customer"], value_set=accounts)))


def as_csv(result: Result) -> bytes:
    """Comma-separated UTF-8 with names as headings; texts that a spreadsheet would run are disarmed."""
    import csv

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([column.name for column in result.analysis.columns])
    cells = [plain_values(result.table[c.name], c, "en") for c in result.analysis.columns]
    writer.writerows([guarded(cell) for cell in row] for row in zip(*cells, strict=True))
    return buffer.getvalue().encode("utf-8-sig")


def as_parquet(result: Result) -> bytes:
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(result.table, buffer, compression="zstd")
    return buffer.getvalue()


def described(analysis: Analysis, language: Language) -> dict[str, Any]:
    """An entry of the registry."""
    return {
        "name": analysis.name,
        "group": analysis.group.value,
        "title": translate(analysis.title, language),
        "question": translate(analysis.question, language),
        "inputs": list(analysis.inputs),
        "optional_inputs": sorted(analysis.optional_inputs),
        "parameters": [_parameter(option, language) for option in analysis.options.values()],
        "columns": [column_described(column, language) for column in analysis.columns],
        "per_account": analysis.per_account,
        "version": analysis.version,
        "source": analysis.source,
    }


def _parameter(option: Any, language: Language) -> dict[str, Any]:
    return {
        "name": option.name,
        "type": option.type.__name__,
        "default": option.default,
        "choices": list(option.choices) or None,
        "label": translate(option.choice.label, language),
    }


def with_tables(analysis: Analysis, why: Message, language: Language) -> Message:
    """A refusal for who hands tables over: it names those that the analysis takes beside the facts."""
    tables = [name for name in analysis.inputs if name in own_tables() and is_open(name)]
    if not tables:
        return why
    hint = Message(_("Tables that can be given: {names}"), {"names": ", ".join(tables)})
    return Message("{why} ({hint})", {"why": why.say(language), "hint": hint.say(language)})


def written(value: Any, column: Column, currency: str, language: Language) -> str:
    """A cell as a person of that language writes it."""
    if value is None:
        return NONE
    if column.unit is Unit.WORD:
        return _word(value, column.words, language)
    if column.unit in {Unit.DAY, Unit.MONTH}:
        return day_of(value).strftime("%Y-%m-%d" if column.unit is Unit.DAY else "%Y-%m")
    if (said := spoken(value, column.unit, language)) is not None:
        return said
    figure = _figure(value, column.unit, currency)
    return figure.say(language) if figure else str(value)


def spoken(value: Any, unit: Unit, language: Language) -> str | None:
    """What is said in words: a marked text, kept sentences, yes or no; None for other cells."""
    if unit is Unit.YES_NO:
        return translate(YES if value else NO, language)
    if unit is Unit.SENTENCES:
        return say_kept(value, language)
    return translate(value, language) if unit is Unit.TEXT else None


def _figure(value: float, unit: Unit, currency: str) -> Count | Money | Number | Percent | Span | None:
    if unit is Unit.MONEY:
        return Money(value, currency)
    if unit is Unit.SHARE:
        return Percent(value)
    if unit is Unit.DAYS:
        return Span(value)
    if unit is Unit.COUNT:
        return Count(value)
    return plain_figure(value) if unit is Unit.NUMBER else None


def _word(value: str, words: type[Term] | None, language: Language) -> str:
    return translate(value if words is None else label_of(words, value), language)
