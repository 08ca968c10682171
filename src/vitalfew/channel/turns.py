"""In which order a queue is taken, without a database.

    longest wait 5 days, today Friday 13:  a small account's of Friday 6, a member's of today, a small account's of Monday 9
    →  6 has waited 5 working days and is first; then the member's; then 9

Of what arrives later, nothing passes what has waited that long: from then on only what came before it stands before it. So
with ``m`` taken a day, a queue that held ``q`` when something came takes it at the latest after the longest wait and ``q / m``
further days, however many members come (``serve`` shows it).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vitalfew.workdays import DAY, Calendar

WAITED: Final = 0
"""The turn of what has waited long enough."""
REST: Final = 10_000
"""The turn of who does not go first."""
LONGEST_WAIT: Final = 5
"""Working days that anybody waits at most before it goes ahead, until the house says otherwise."""


@dataclass(frozen=True)
class Waiting:
    """What came on a working day (counted from any first one), and the rank of whose it is."""

    came: int
    rank: int | None = None


def turn(rank: int | None, came: date | None, cutoff: date) -> int:
    """Of what came on a day; what came before the cutoff has waited long enough."""
    if came is not None and came < cutoff:
        return WAITED
    return REST if rank is None else rank


def cutoff(calendar: Calendar, today: date, longest: int) -> date:
    """What came before this day has waited ``longest`` working days or more by today."""
    day, worked = today, 0
    while worked < longest:
        worked += calendar.works(day)
        day -= DAY
    return day + DAY


def place(each: Waiting, now: int, longest: int) -> tuple[int, int]:
    """By which it is taken: the smaller, the sooner."""
    waited = now - each.came >= longest
    return WAITED if waited else REST if each.rank is None else each.rank, each.came


def serve(arrivals: Sequence[Iterable[Waiting]], a_day: int, longest: int) -> list[tuple[Waiting, int]]:
    """Day by day what arrives and, ``a_day`` of them, what is taken: each with the working days it waited."""
    queue: list[Waiting] = []
    taken: list[tuple[Waiting, int]] = []
    for now, came in enumerate(arrivals):
        queue = sorted([*queue, *came], key=lambda each: place(each, now, longest))
        taken += [(each, now - each.came) for each in queue[:a_day]]
        queue = queue[a_day:]
    return taken
