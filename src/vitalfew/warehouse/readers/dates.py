"""Days: the calendar date as written, whatever the clock or the zone beside it.

    2024-01-05   2024/1/5   2024.1.5   20240105   2024年1月5日   2024-01-05T08:26:00+08:00   05-Jan-2024

``12/1/2009`` is the first of December or the twelfth of January. The file decides: one date whose day is above 12
settles the order of all. Where none does, or another one settles it the other way, the user is asked, once for the file.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, NoReturn

import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.warehouse.readers.arrays import mask_of, scalar
from vitalfew.warehouse.readers.cells import Checked, Wrong, blank_to_null, marked, one_by_one

EPOCH: Final = date(1970, 1, 1).toordinal()
EARLIEST, LATEST = date(1900, 1, 1).toordinal() - EPOCH, date(2100, 12, 31).toordinal() - EPOCH
FUTURE: Final = frozenset(
    {
        "promised_on", "due_on", "left_on", "started_on", "ended_on",
        "starts_on", "ends_on", "expected_on", "until",
    }
)  # fmt: skip
SERIAL_ZERO: Final = {"1900": date(1899, 12, 30).toordinal(), "1904": date(1904, 1, 1).toordinal()}

NOON: Final = r"(?:上午|下午)? *"
SECONDS: Final = r"(?::\d{1,2}(?:[.,]\d{1,9})?|分(?:\d{1,2}秒)?)?"
ZONE: Final = r" *(?:[AaPp]\.?[Mm]\.?)? *(?:Z|[+-]\d\d:?\d\d)?"
CLOCK: Final = rf"(?:[T ] *{NOON}\d{{1,2}}[:时]\d{{1,2}}{SECONDS}{ZONE})?"
YEAR_FIRST: Final = re.compile(rf"(\d{{4}}) *([-/.年]) *(\d{{1,2}}) *([-/.月]) *(\d{{1,2}}) *(日?){CLOCK}")
DIGITS: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?\d{4}(?:\d\d)?)?")
YEAR_LAST: Final = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){CLOCK}")
NAMED: Final = re.compile(
    rf"(?:(\d{{1,2}})[- ]([a-z]{{3}})[a-z]*\.?[-, ]+(\d{{4}})|([a-z]{{3}})[a-z]*\.? (\d{{1,2}}),? (\d{{4}})){CLOCK}",
    re.IGNORECASE,
)
SERIAL: Final = re.compile(r"(\d{4,5})(?:\.\d+)?")
MONTH_NAMES: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS: Final = {name: i for i, name in enumerate(MONTH_NAMES.split(), start=1)}

MANY = 20_000
ARROW_CLOCK: Final = r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)?$"
ARROW_YEAR_LAST: Final = r"^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(\s|T|$)"
TWELVE = 12


class Order:
    """Whether the day or the month comes first in ``12/1/2009``: told by the user, or decided once by the file.

    ``find`` looks for a date of the file that settles it; ``ask`` ends the reading with the question, naming dates.
    """

    def __init__(
        self,
        day_first: bool | None,  # noqa: FBT001 - the user's answer
        find: Callable[[], str | None],
        ask: Callable[[str], NoReturn],
    ) -> None:
        self._day_first = day_first
        self._find, self._ask = find, ask
        self._evidence: str | None = None

    def day_first(self, example: str) -> bool:
        if self._day_first is None:
            self._evidence = self._find() or self._ask(example)
            self._day_first = bool(_says_day_first(self._evidence))
        return self._day_first

    def upheld(self, text: str) -> None:
        """Ask, if this date settles the order the other way than the one that settled it for the file."""
        if self._evidence and _says_day_first(text) not in {None, self._day_first}:
            self._ask(f"{self._evidence}, {text}")


def needs_order(column: pa.Array) -> str | None:
    """A date of the column whose order has to be known, if there is one."""
    found = column.filter(pc.match_substring_regex(column, ARROW_YEAR_LAST))
    return found[0].as_py() if len(found) else None


def decisive(columns: Iterable[pa.Array]) -> str | None:
    """The first date that can be read in one way only."""
    cells = ((cell or "").strip() for column in columns for cell in column.unique().to_pylist())
    return next((cell for cell in cells if _says_day_first(cell) is not None), None)


def _says_day_first(text: str) -> bool | None:
    """True for ``25/6/2024``, False for ``6/25/2024``, None where both or neither can be."""
    matched = YEAR_LAST.fullmatch(text)
    if not matched or (int(matched[1]) > TWELVE) == (int(matched[3]) > TWELVE):
        return None
    month, day_of_it = sorted((int(matched[1]), int(matched[3])))
    return int(matched[1]) > TWELVE if _exists(int(matched[4]), month, day_of_it) else None


def _exists(year: int, month: int, day_of_it: int) -> bool:
    return month >= 1 and year >= 1 and day_of_it <= monthrange(year, month)[1]


def day_column(column: pa.Array, field: str, order: Order, today: int, epoch: str | None) -> Checked:
    """Cells of a day field as days since 1970."""
    filled = blank_to_null(column)
    if len(pc.unique(filled)) > MANY:
        filled = pc.replace_substring_regex(filled, ARROW_CLOCK, "")
    days = one_by_one(filled, pa.int32(), lambda cell: day(cell, order, epoch))
    latest = LATEST if field in FUTURE else min(today, LATEST)
    outside = mask_of(pc.or_(pc.less(days.values, _day(EARLIEST)), pc.greater(days.values, _day(latest))))
    return Checked(days.values, marked(days.problems, outside, "out-of-range", len(column)))


def _day(number: int) -> pa.Scalar:
    return scalar(number, pa.int32())


def day(cell: str, order: Order, epoch: str | None = None) -> int | None:
    """Days since 1970 of the date a cell says."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if text in {"", "NULL", "\\N"}:
        return None
    try:
        return _ordinal(text, order, epoch) - EPOCH
    except ValueError:
        raise Wrong("not-a-date") from None


def _ordinal(text: str, order: Order, epoch: str | None) -> int:
    if matched := YEAR_FIRST.fullmatch(text):
        _same_hand(matched[2], matched[4], matched[6])
        return date(int(matched[1]), int(matched[3]), int(matched[5])).toordinal()
    if matched := YEAR_LAST.fullmatch(text):
        return _year_last(text, int(matched[1]), int(matched[3]), int(matched[4]), order)
    if matched := DIGITS.fullmatch(text):
        return date(int(matched[1]), int(matched[2]), int(matched[3])).toordinal()
    if epoch and (matched := SERIAL.fullmatch(text)):
        return SERIAL_ZERO[epoch] + int(matched[1])
    if matched := NAMED.fullmatch(text):
        return _named(matched)
    raise Wrong("not-a-date")


def _same_hand(first: str, second: str, last: str) -> None:
    """年 goes with 月 (and 日), any other sign with itself."""
    if (first == "年") != (second == "月") or (first != "年" and (first != second or last)):
        raise Wrong("not-a-date")


def _year_last(text: str, first: int, second: int, year: int, order: Order) -> int:
    if first == second:
        return date(year, first, second).toordinal()
    if order.day_first(text):
        first, second = second, first
    order.upheld(text)
    return date(year, first, second).toordinal()


def _named(matched: re.Match[str]) -> int:
    number, name, year = matched[1] or matched[5], matched[2] or matched[4], matched[3] or matched[6]
    month = MONTHS.get(name.lower())
    if month is None:
        raise Wrong("not-a-date")
    return date(int(year), month, int(number)).toordinal()


def iso(values: pa.Array) -> pa.Array:
    """Dates and timestamps of an Arrow column as text, cut to the local date as written."""
    if pa.types.is_timestamp(values.type) and values.type.tz:
        values = pc.local_timestamp(values)
    return values.cast(pa.date32(), safe=False).cast(pa.string())


__all__ = ["Order", "day", "day_column", "decisive", "iso", "needs_order"]
