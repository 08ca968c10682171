"""/exchange/sell-out, /exchange/stock: what accounts tell, row by row; /exchange/files: every file of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from vitalfew.accounts.api import visible
from vitalfew.exchange import questions, taking
from vitalfew.exchange.listing import FILES, TOLD
from vitalfew.exchange.models import DataFile, DataRow
from vitalfew.exchange.reading import MOST
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.shape import Line, Read, Wrong
from vitalfew.exchange.taking import NOT_NOW, Sent
from vitalfew.exchange.words import Format, Measure, Way
from vitalfew.lists.operations import Operations
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible

files, sell_out, stock = (Router(tags=["exchange"]) for _each in range(3))
SHOWN: Final = 200
PLAIN: Final = (
    "name", "way", "format", "size", "sha256", "who", "by_them", "taking", "since", "until", "rows_read", "rows_taken",
    "rows_corrected", "rows_unchanged", "rows_refused", "at",
)  # fmt: skip


class RefusalOut(Schema):
    """A row that was not taken: its line, the field, what stood there, and the code of the reason."""

    line: int
    field: str
    value: str
    reason: str


class FileOut(Schema):
    """A file of an account's data; refusals: at most 200 of the rows not taken."""

    id: int
    account: str
    name: str
    way: str
    format: str
    size: int
    sha256: str
    who: str
    by_them: bool
    at: datetime
    taking: str
    since: date | None
    until: date | None
    rows_read: int
    rows_taken: int
    rows_corrected: int
    rows_unchanged: int
    rows_refused: int
    refusals: list[RefusalOut]


class RowOut(Schema):
    """What an account told of a product on a day; file: the number of the file it stands in."""

    id: int
    account: str
    day: date
    product: str
    place: str
    quantity: Decimal
    file: int


class RowNew(Schema):
    """A product on a day, its last one where several are told of together."""

    product: str
    date: date
    quantity: Decimal = Field(max_digits=18, decimal_places=4)
    place: str = ""

    model_config = {"extra": "forbid"}


class RowsNew(Schema):
    """What an account tells, at most 20,000 rows; rows that can't be taken are told with their reason, the others stored."""

    account: str
    rows: list[RowNew] = Field(min_length=1, max_length=MOST)

    model_config = {"extra": "forbid"}


def _file(_user: User, row: DataFile) -> dict[str, Any]:
    refusals = [
        {"line": each.line, "field": each.field, "value": each.value, "reason": each.reason}
        for each in row.refusals.all()[:SHOWN]
    ]
    return {**{name: getattr(row, name) for name in PLAIN}, "account": row.account.code, "refusals": refusals}


def _row(_user: User, row: DataRow) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("day", "product", "place", "quantity")}
    return {**plain, "account": row.account.code, "file": row.file_id}


def _of(measure: Measure) -> Callable[[User], Any]:
    return lambda user: questions.told(user).filter(measure=measure)


def _files(router: Router) -> Operations[DataFile]:
    return Operations(
        router, "exchange_file", FILES, questions.files, FileOut, _file, see=ExchangeRight.SEE,
        write=ExchangeRight.TAKE, version=lambda row: row.pk, many="exchange/files",
    )  # fmt: skip


def _rows(router: Router, name: str, path: str, measure: Measure) -> Operations[DataRow]:
    listing = replace(TOLD, records=_of(measure))
    return Operations(
        router, name, listing, _of(measure), RowOut, _row, see=ExchangeRight.SEE, write=ExchangeRight.TAKE,
        version=lambda row: row.pk, many=path,
    )  # fmt: skip


_files(files).reads("Files of accounts' data, a page at a time.", "One file, and what of it was refused.")
_rows(sell_out, "sold_row", "exchange/sell-out", Measure.SOLD).reads("What accounts sold on.", "One row of it.")
_rows(stock, "stock_row", "exchange/stock", Measure.STOCK).reads("What accounts have left.", "One row of it.")


@_files(sell_out).adds
def tell_sell_out(user: User, sent: RowsNew) -> DataFile:
    """Tell what an account sold on; gives the file it is kept as."""
    return _told(user, sent, Measure.SOLD)


@_files(stock).adds
def tell_stock(user: User, sent: RowsNew) -> DataFile:
    """Tell what an account has left; gives the file it is kept as."""
    return _told(user, sent, Measure.STOCK)


def _told(user: User, sent: RowsNew, measure: Measure) -> DataFile:
    account = visible(user, sent.account)
    exchange = questions.of_account(user, account)
    if exchange is None:
        raise NotPossible(NOT_NOW)
    today = timezone.localdate()
    found = Read(Format.JSON, [], [])
    for number, row in enumerate(sent.rows, 1):
        if row.date > today:
            found.wrong.append(Wrong(number, "out-of-range", "date", row.date.isoformat(), _written(row, measure)))
        else:
            found.lines.append(Line(number, row.date, row.product.strip(), row.place.strip(), {measure: row.quantity}))
    name = f"{measure.value}-{today.isoformat()}.json"
    return taking.take(user, exchange.pk, Sent(name, sent.model_dump_json().encode(), Way.API, read=found))


def _written(row: RowNew, measure: Measure) -> dict[str, str]:
    return {"date": row.date.isoformat(), "product": row.product, "place": row.place, measure.value: str(row.quantity)}
