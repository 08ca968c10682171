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

from vitalfew.channel import ordering
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Permission, Queue
from vitalfew.terms import Term, Unit

PAGE: Final = 50
LONGEST_TEXT: Final = 100
LONGEST_CURSOR: Final = 8000
LARGEST: Final = 1e300
IN_TURN: Final = "turn"
"""What a list that is a queue is ordered by, unless asked for another order."""
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
    queue: Queue | None = None
    """What of it waits for somebody: that stands first, in the order of the green channel."""

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
    in_turn: bool = False

    @classmethod
    def of(cls, listing: Listing, user: User, asked: Mapping[str, str]) -> "Wanted":
        """From a query string; what this user may not ask for is left out."""
        sortable = {column.name: column for column in listing.columns_for(user) if column.order}
        in_turn = listing.queue is not None and asked.get("order", IN_TURN) == IN_TURN
        name = asked.get("order", listing.order)
        name = name if name.lstrip("-") in sortable else listing.order
        words = {
            each.name: asked[each.name]
            for each in listing.filters_for(user)
            if asked.get(each.name) in {word.value for word in each.words}
        }
        text, after = asked.get("q", "").strip()[:LONGEST_TEXT], asked.get("after", "")[:LONGEST_CURSOR]
        return cls(sortable[name.lstrip("-")], name.startswith("-"), text, words, after, in_turn)


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
    found = narrowed(listing, user, wanted)
    queue = listing.queue if wanted.in_turn else None
    rows = _in_turn(found, queue, wanted, size + 1) if queue else _following(_sorted(found, wanted), wanted, size + 1)
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], _end(last, queue) if last else "")


def _sorted(found: Records, wanted: Wanted) -> Records:
    by_value: Records = found.annotate(sorted_by=F(wanted.order.order))
    return by_value


def _in_turn(found: Records, queue: Queue, wanted: Wanted, most: int) -> list[Any]:
    """Those that wait in their turn, then all others as the list is ordered without."""
    read = cursor(wanted.after)
    rest = _sorted(found.exclude(**queue.waits), wanted)
    if read and not isinstance(read[0], list):
        return _following(rest, wanted, most)
    waiting = ordering.in_turn(found, queue)
    if read:
        waiting = _after(waiting, queue, [*read[0], read[1]])
    rows = list(waiting[:most])
    return rows if len(rows) == most else [*rows, *_following(rest, replace(wanted, after=""), most - len(rows))]


def _after(waiting: Records, queue: Queue, values: list[Any]) -> Records:
    """What follows; a place that no queue has gives the beginning."""
    try:
        return ordering.after(waiting, queue, values)
    except (ValidationError, ValueError, TypeError, IndexError):
        return waiting


def _end(row: Any, queue: Queue | None) -> str:
    """The place of a row, by which the next page is asked for."""
    if queue is not None and hasattr(row, IN_TURN):
        *values, pk = ordering.values_of(row, queue)
        return _cursor([_plain(each) for each in values], pk)
    return _cursor(row.sorted_by, row.pk)


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
    if read is None or read[0] is None or isinstance(read[0], list):
        return read if read and read[0] is None else None
    try:
        return found.query.annotations["sorted_by"].output_field.to_python(read[0]), read[1]
    except (ValidationError, ArithmeticError):
        return None


def _cursor(value: Any, pk: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([_plain(value), pk], default=str).encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def cursor(after: str) -> tuple[Any, int] | None:
    """Where the page before ended: its last sorting value and id. A text that is no cursor gives None."""
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (ValueError, TypeError, RecursionError):
        return None
    values = value if isinstance(value, list) else [value]
    good = isinstance(pk, int) and 0 <= pk < LARGEST_ID and all(_comparable(each) for each in values)
    return (value, pk) if good else None


def _comparable(value: Any) -> bool:
    if isinstance(value, float | int):
        return abs(value) < LARGEST
    return value is None or (isinstance(value, str) and "\0" not in value)
