"""What a list shows, finds, narrows and orders.

No client text ever names a column of the database: requests name a column or filter of the listing, and one that the user
may not see does not exist for him. The next page starts after the last row's sorting value and id, so that page one
and page one thousand cost the same.
"""

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Permission
from vitalfew.terms import Term, Unit

PAGE: Final = 50
LONGEST_TEXT: Final = 100
LONGEST_CURSOR: Final = 8000
LARGEST: Final = 1e300
LARGEST_ID: Final = 2**63
"""What every database can compare."""
Records = QuerySet[Any]


@dataclass(frozen=True)
class ListColumn:
    """A column: its value is an attribute, or what ``told`` makes of the record; ``order`` is the field it sorts by."""

    name: str
    label: str
    unit: Unit = Unit.TEXT
    order: str = ""
    told: Callable[[Any], Any] | None = None
    words: type[Term] | None = None
    right: Permission = Right.OPEN
    shown: bool = True
    link: Callable[[Any], str] | None = None
    """Where the value leads."""
    narrow: bool = False
    """Whether a phone shows it too."""
    exact: bool = False
    """An amount written to the cent: a text, that stands as figures do."""

    def value(self, record: Any) -> Any:
        return self.told(record) if self.told else attrgetter(self.name)(record)


@dataclass(frozen=True)
class ListFilter:
    """A choice among words that narrows the list."""

    name: str
    label: str
    words: Sequence[Term]
    narrow: Callable[[Records, str], Records]
    right: Permission = Right.OPEN


def by(field_name: str) -> Callable[[Records, str], Records]:
    """Narrow to the records whose field is the word."""
    return lambda found, word: found.filter(**{field_name: word})


@dataclass(frozen=True)
class Listing:
    """A list of records that a user may see. ``order`` is a column, with - before it for largest first."""

    name: str
    title: str
    right: Permission
    records: Callable[[User], Records]
    columns: tuple[ListColumn, ...]
    order: str
    find: Callable[[Records, str], Records] | None = None
    filters: tuple[ListFilter, ...] = ()
    hint: str = ""
    """What can be searched for."""
    empty: str = ""
    """What to do where there is nothing yet."""
    make: str = ""
    """The route where a record is made."""
    make_label: str = ""
    make_right: Permission = Right.OPEN
    pick: str = ""
    """The route that does something with the records that are picked: it gets their numbers."""
    pick_label: str = ""
    work: str = ""
    """The route that does something with all of it, asked by a button."""
    work_label: str = ""
    work_right: Permission = Right.OPEN

    def columns_for(self, user: User) -> list[ListColumn]:
        return [column for column in self.columns if user.may(column.right)]

    def filters_for(self, user: User) -> list[ListFilter]:
        return [each for each in self.filters if user.may(each.right)]


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for."""

    order: ListColumn
    descending: bool
    text: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    after: str = ""

    @classmethod
    def of(cls, listing: Listing, user: User, asked: Mapping[str, str]) -> "Wanted":
        """From a query string; what this user may not ask for is left out."""
        sortable = {column.name: column for column in listing.columns_for(user) if column.order}
        name = asked.get("order", listing.order)
        name = name if name.lstrip("-") in sortable else listing.order
        words = {
            each.name: asked[each.name]
            for each in listing.filters_for(user)
            if asked.get(each.name) in {word.value for word in each.words}
        }
        text, after = asked.get("q", "").strip()[:LONGEST_TEXT], asked.get("after", "")[:LONGEST_CURSOR]
        return cls(sortable[name.lstrip("-")], name.startswith("-"), text, words, after)


@dataclass(frozen=True)
class Page:
    """Some records, and where the next page starts (empty: there is none)."""

    records: list[Any]
    after: str


def narrowed(listing: Listing, user: User, wanted: Wanted) -> Records:
    """The records that the search and the filters leave."""
    found = listing.records(user)
    if wanted.text and listing.find:
        found = listing.find(found, wanted.text)
    for each in listing.filters:
        if each.name in wanted.words:
            found = each.narrow(found, wanted.words[each.name])
    return found


def page(listing: Listing, user: User, wanted: Wanted, size: int = PAGE) -> Page:
    """One page: the records with a value to sort by, then those without."""
    found = narrowed(listing, user, wanted).annotate(sorted_by=F(wanted.order.order))
    rows = _following(found, wanted, size + 1)
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], _cursor(last.sorted_by, last.pk) if last else "")


def every(listing: Listing, user: User, wanted: Wanted) -> Iterator[Any]:
    """All records, page after page: for exports."""
    while True:
        part = page(listing, user, wanted, 1000)
        yield from part.records
        if not part.after:
            return
        wanted = replace(wanted, after=part.after)


def _following(found: Records, wanted: Wanted, most: int) -> list[Any]:
    read = _place(found, wanted.after)
    sign, side = ("-", "lt") if wanted.descending else ("", "gt")
    bare = found.filter(sorted_by__isnull=True).order_by("pk")
    if read is not None and read[0] is None:
        return list(bare.filter(pk__gt=read[1])[:most])
    filled = found.filter(sorted_by__isnull=False).order_by(f"{sign}sorted_by", "pk")
    if read is not None:
        value, pk = read
        filled = filled.filter(Q(**{f"sorted_by__{side}": value}) | Q(sorted_by=value, pk__gt=pk))
    rows = list(filled[:most])
    return rows if len(rows) == most else [*rows, *bare[: most - len(rows)]]


def _place(found: Records, after: str) -> tuple[Any, int] | None:
    """Where the page before ended, its value as the column has it."""
    read = cursor(after)
    if read is None or read[0] is None:
        return read
    try:
        return found.query.annotations["sorted_by"].output_field.to_python(read[0]), read[1]
    except (ValidationError, ArithmeticError):
        return None


def _cursor(value: Any, pk: int) -> str:
    plain = value.isoformat() if isinstance(value, date) else value
    return base64.urlsafe_b64encode(json.dumps([plain, pk], default=str).encode()).decode().rstrip("=")


def cursor(after: str) -> tuple[str | float | None, int] | None:
    """Where the page before ended: its last sorting value and id. A text that is no cursor gives None."""
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (ValueError, TypeError, RecursionError):
        return None
    if isinstance(value, float | int) and not abs(value) < LARGEST:
        return None
    good = isinstance(pk, int) and 0 <= pk < LARGEST_ID and isinstance(value, str | int | float | None)
    return (value, pk) if good and "\0" not in str(value) else None
