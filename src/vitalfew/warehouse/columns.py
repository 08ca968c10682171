"""What the columns of facts are made of: few types, so that every engine agrees on them.

text      NFC, edge spaces trimmed
day       int32, days since 1970-01-01
money     decimal(20, 4), in the row's currency
quantity  decimal(18, 4)
number    float64
whole     int64
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal

import pyarrow as pa

from vitalfew.terms import gettext_noop as _

Type = Literal["text", "day", "money", "quantity", "number", "whole"]

ARROW: Final[Mapping[Type, pa.DataType]] = MappingProxyType(
    {
        "text": pa.string(),
        "day": pa.int32(),
        "money": pa.decimal128(20, 4),
        "quantity": pa.decimal128(18, 4),
        "number": pa.float64(),
        "whole": pa.int64(),
    }
)


@dataclass(frozen=True)
class Column:
    """One column: its name, type, meaning, and whether a row without it is refused."""

    name: str
    type: Type
    meaning: str
    required: bool = False

    @property
    def arrow(self) -> pa.DataType:
        return ARROW[self.type]


@dataclass(frozen=True)
class Table:
    """One kind of fact. ``day`` is the column that says when it happened (None: it has no date of its own).

    An ``open`` table is checked against its columns where it is imported; handed to an analysis it is taken as it is, for
    it may have columns of its own.
    """

    name: str
    key: tuple[str, ...]
    meaning: str
    columns: tuple[Column, ...]
    day: str | None = None
    open: bool = False

    @property
    def kind(self) -> str:
        """The name on the command line: ``order_lines`` is imported as ``order-lines``."""
        return self.name.replace("_", "-")

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def schema(self) -> pa.Schema:
        return pa.schema([pa.field(column.name, column.arrow) for column in self.columns])

    def dated(self, rows: pa.Table) -> pa.Table:
        """The rows with their days as calendar dates, as others write them."""
        days = {column.name for column in self.columns if column.type == "day"}
        fields = [pa.field(f.name, pa.date32() if f.name in days else f.type) for f in rows.schema]
        return rows.cast(pa.schema(fields))

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


def text(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "text", meaning, required)


def day(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "day", meaning, required)


def money(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "money", meaning, required)


def quantity(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "quantity", meaning, required)


def number(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "number", meaning, required)


def whole(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "whole", meaning, required)


CUSTOMER = text("customer", _("Customer code"), required=True)
CURRENCY = text("currency", _("Currency (ISO 4217)"))
