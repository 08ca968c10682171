"""What a row of an account's data is, whichever way it came."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from vitalfew.exchange.words import Format, Measure
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.columns import Table, day, quantity, text

TOLD: Final = Table(
    "exchange",
    ("product", "place", "date"),
    _("What an account sold on, has left and received"),
    (
        text("product", _("Product code"), required=True),
        day("date", _("Date"), required=True),
        quantity("sold", _("Quantity sold on")),
        quantity("stock", _("Stock left")),
        quantity("received", _("Quantity received")),
        text("place", _("Shop or warehouse")),
        text("customer", _("Customer code")),
    ),
)

CODES: Final = Table(
    "own_codes",
    ("code",),
    _("The account's own product codes"),
    (text("code", _("Its code"), required=True), text("product", _("Our product code"), required=True)),
)


@dataclass(frozen=True)
class Line:
    """A row: what is told of a product at a place on a day."""

    number: int
    """Where it stands in the file."""
    day: date
    product: str
    place: str
    told: Mapping[Measure, Decimal]
    customer: str = ""
    others: tuple[str, ...] = ()
    """Further codes of the product, the likelier first."""
    code: str = ""
    """As the account calls the product, where we call it otherwise."""

    @property
    def key(self) -> tuple[date, str, str]:
        return self.day, self.product, self.place


@dataclass(frozen=True)
class Wrong:
    """A row that is not taken."""

    number: int
    reason: str
    field: str = ""
    value: str = ""
    written: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass
class Read:
    """What a file holds."""

    format: Format
    lines: list[Line]
    wrong: list[Wrong]
