"""From a file to rows: the house's readers find out encoding, columns, dates and numbers; here is checked what only we know."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.accounts.products import product_codes
from vitalfew.exchange.edi import edifact, stock
from vitalfew.exchange.models import OwnCode
from vitalfew.exchange.reasons import NOTHING, OTHER, TWICE, UNKNOWN
from vitalfew.exchange.shape import TOLD, Line, Read, Wrong
from vitalfew.exchange.words import Format, Measure
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.readers import Options, Reject, open_source
from vitalfew.warehouse.run import day_of

MOST: Final = 20_000
"""Rows of a file."""
TOO_LONG: Final = _("A file may have 20,000 rows: send it in parts")
SHORT: Final = 100
"""Letters of a code or place."""


def read(name: str, data: bytes, *, day_first: bool | None = None, sheet: str = "") -> Read:
    """The rows of a CSV file, workbook or message; refused where it can't be read as a whole."""
    if stock.is_edi(data):
        return _within(stock.read(data))
    stream = io.BytesIO(data)
    stream.name = name
    with open_source(stream, TOLD, Options(day_first=day_first, sheet=sheet or None)) as reading:
        found = Read(Format.XLSX if reading.sheet else Format.CSV, [], [])
        for batch in reading.batches():
            found.lines += [_line(row) for row in batch.rows.to_pylist()]
            found.wrong += [_wrong(each) for each in batch.rejects]
            _within(found)
    return found


def _within(found: Read) -> Read:
    if len(found.lines) + len(found.wrong) > MOST:
        raise NotPossible(TOO_LONG)
    return found


def format_of(name: str, data: bytes) -> Format:
    """As what it came, where it can't be read."""
    if stock.is_edi(data):
        return Format.EDIFACT if edifact.begins(data) else Format.X12
    return Format.XLSX if name.lower().endswith(".xlsx") else Format.CSV


def _line(row: dict[str, Any]) -> Line:
    told = {measure: row[measure.value] for measure in Measure if row[measure.value] is not None}
    place, customer = row["place"] or "", row["customer"] or ""
    return Line(row["_line"], day_of(row["date"]), row["product"], place, told, customer)


def _wrong(each: Reject) -> Wrong:
    return Wrong(each.row, each.reason, each.field or "", (each.value or "")[:200], each.values)


def checked(account: Account, found: Read) -> Read:
    """What is left when rows of others, of unknown products, without a figure or there twice are taken out."""
    known, codes, own = product_codes(), set(account.codes), own_codes(account)
    found.lines = [_ours(line, known, own) for line in found.lines]
    seen: dict[Any, Line] = {}
    kept: list[Line] = []
    wrong = list(found.wrong)
    for line in found.lines:
        if why := _refused(line, codes, known, seen):
            wrong.append(why)
        elif line.key not in seen:
            seen[line.key] = line
            kept.append(line)
    return Read(found.format, kept, sorted(wrong, key=lambda each: each.number))


def own_codes(account: Account) -> dict[str, str]:
    """Our product by the account's own code."""
    return dict(OwnCode.objects.filter(account=account, put_away_at=None).values_list("code", "product"))


def _ours(line: Line, known: set[str], own: Mapping[str, str]) -> Line:
    """Under our code: the first of its codes that was matched to one of ours, or is one."""
    for code in (line.product, *line.others):
        product = own.get(code, code)
        if product in known or (not known and code in own):
            return replace(line, product=product, code="" if product == line.product else line.product)
    return line


def _refused(line: Line, codes: set[str], known: set[str], seen: dict[Any, Line]) -> Wrong | None:
    if line.customer and line.customer not in codes:
        return _why(line, OTHER, "customer", line.customer)
    if known and line.product not in known:
        return _why(line, UNKNOWN, "product", line.product)
    if len(line.product) > SHORT or len(line.place) > SHORT:
        return _why(line, "too_long", "place", line.place[:SHORT])
    if not line.told:
        return _why(line, NOTHING)
    if line.key in seen and seen[line.key].told != line.told:
        return _why(line, TWICE, "product", line.product)
    return None


def _why(line: Line, reason: str, name: str = "", value: str = "") -> Wrong:
    return Wrong(line.number, reason, name, value, dict(_written(line)))


def _written(line: Line) -> Iterator[tuple[str, str]]:
    """The row, for who mends it."""
    yield "date", line.day.isoformat()
    yield "product", line.code or line.product
    if line.place:
        yield "place", line.place
    yield from ((measure.value, f"{quantity:f}") for measure, quantity in line.told.items())


def span(lines: list[Line]) -> tuple[date | None, date | None]:
    days = [line.day for line in lines]
    return (min(days), max(days)) if days else (None, None)
