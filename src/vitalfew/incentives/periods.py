"""Settlement periods: months, quarters or years counted from the first day of a version.

>>> [str(each) for each in periods(date(2026, 1, 1), date(2026, 7, 31), "quarter")]
['2026-01-01/2026-03-31', '2026-04-01/2026-06-30', '2026-07-01/2026-07-31']
>>> str(Period(date(2024, 2, 29), date(2024, 2, 29)).back(1))
'2023-02-28/2023-02-28'
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

DAY: Final = timedelta(days=1)
MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
YEAR: Final = 12


class Period(NamedTuple):
    """Its first and its last day."""

    since: date
    until: date

    def __str__(self) -> str:
        return f"{self.since}/{self.until}"

    def back(self, years: int) -> "Period":
        """The same days so many years before; a 29 February that wasn't is the 28th."""
        return Period(_moved(self.since, -YEAR * years), _moved(self.until + DAY, -YEAR * years) - DAY)

    def months(self, today: date) -> int:
        """How many of its months have begun by that day."""
        last = min(self.until, today)
        return max((last.year - self.since.year) * YEAR + last.month - self.since.month + 1, 0)


def periods(since: date, until: date, every: str) -> Iterator[Period]:
    """In order; the last ends with the version."""
    number = 0
    while (begins := _moved(since, number * MONTHS[every])) <= until:
        number += 1
        yield Period(begins, min(_moved(since, number * MONTHS[every]) - DAY, until))


def _moved(day: date, months: int) -> date:
    """So many months later; the last day of a shorter month where there is no such day."""
    count = day.year * YEAR + day.month - 1 + months
    year, month = divmod(count, YEAR)
    following = date(year + (month + 1) // YEAR, (month + 1) % YEAR + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - DAY)
