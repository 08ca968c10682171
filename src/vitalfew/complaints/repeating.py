"""Whether a complaint is the same again: the account had one of the same cause or product within ninety days before.

    repeat rate = those that are the same again / all of known accounts that have a cause or a product

Wilson's interval at 95 %. ISO 10002:2018, 8.2.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

WITHIN: Final = timedelta(days=90)


class Told(NamedTuple):
    """What tells a complaint again."""

    account: int
    day: date
    cause: int | None
    product: str
    number: str = ""


def repeated(rows: Iterable[Told], since: date) -> tuple[int, int]:
    """How many of those from ``since`` on are the same again, and of how many; earlier ones are only looked back at.

    >>> first, again = Told(1, date(2026, 1, 1), 7, ""), Told(1, date(2026, 4, 1), 7, "P")
    >>> repeated([first, again], date(2026, 1, 1)), repeated([first, again._replace(day=date(2026, 4, 2))], date(2026, 1, 1))
    ((1, 2), (0, 2))
    """
    told = [again for row, again in told_again(rows) if row.day >= since]
    return sum(told), len(told)


def told_again(rows: Iterable[Told]) -> Iterator[tuple[Told, bool]]:
    """Each that has a cause or a product, by its day, and whether it is the same again."""
    last: dict[tuple[int, str, object], date] = {}
    for row in sorted((each for each in rows if each.cause or each.product), key=lambda each: each.day):
        keys = [(row.account, what, value) for what, value in (("cause", row.cause), ("product", row.product)) if value]
        yield row, any(key in last and row.day - last[key] <= WITHIN for key in keys)
        last.update(dict.fromkeys(keys, row.day))
