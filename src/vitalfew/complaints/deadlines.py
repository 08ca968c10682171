"""Until when the parts of a complaint are due, by its priority, as the house says or as it is until it says something."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.utils import timezone

from vitalfew.channel.questions import calendar
from vitalfew.complaints import clock
from vitalfew.complaints.models import RESTING, Complaint, Deadline, Opening
from vitalfew.complaints.words import Due, State

USUAL: Final[Mapping[int, tuple[int, int, int, int]]] = {
    1: (1, 4, 9, 45), 2: (2, 9, 18, 90), 3: (4, 18, 27, 135), 4: (9, 27, 45, 270),
}  # fmt: skip
"""Business hours for acknowledging, the first answer, each step, settling; nine are a day of the usual hours."""
NAMES: Final = ("acknowledge", "answer", "step", "close")


def deadlines() -> list[Deadline]:
    """One of each priority."""
    said = {row.priority: row for row in Deadline.objects.all()}
    return [said.get(n) or Deadline(priority=n, **dict(zip(NAMES, USUAL[n], strict=True))) for n in USUAL]


def opening() -> Opening:
    """As the house says, or nine to eighteen."""
    return Opening.objects.first() or Opening(opens=clock.OPENS, closes=clock.CLOSES)


def hours() -> clock.Hours:
    said = opening()
    return clock.Hours(calendar(), said.opens, said.closes)


def dues(row: Complaint) -> dict[str, Any]:
    """The moments by which each is due, and the first of them that still is."""
    known, rule = hours(), next(each for each in deadlines() if each.priority == row.priority)
    started = row.received_at or timezone.now()
    until = partial(_until, known, extra=row.paused)
    moments: dict[str, datetime] = {
        Due.ACKNOWLEDGE: until(started, rule.acknowledge), Due.ANSWER: until(started, rule.answer),
        Due.STEP: _until(known, row.step_since or started, rule.step), Due.CLOSE: until(started, rule.close),
        **_over(row),
    }  # fmt: skip
    return {**{f"due_{name}": at for name, at in moments.items()}, **first(row, moments)}


def _over(row: Complaint) -> dict[str, datetime]:
    """What was done was due when it was: a later pause or other rule moves it no more."""
    known = ((Due.ACKNOWLEDGE, row.acknowledged_at, row.due_acknowledge), (Due.ANSWER, row.answered_at, row.due_answer))
    return {name: due for name, done, due in known if done and due}


def _until(known: clock.Hours, start: datetime, n: int, extra: int = 0) -> datetime:
    return clock.due(known, timezone.localtime(start), n * clock.HOUR + extra)


def first(row: Complaint, moments: Mapping[str, datetime]) -> dict[str, Any]:
    """What is due next, of what was not done."""
    if row.state in RESTING or row.merged_into_id:
        return {"due_at": None, "due_what": ""}
    done: Mapping[str, datetime | None] = {Due.ACKNOWLEDGE: row.acknowledged_at, Due.ANSWER: row.answered_at}
    stands = {name: at for name, at in moments.items() if not done.get(name)}
    if row.state == State.ANSWERED:
        stands.pop(Due.STEP, None)
    what = min(stands, key=lambda name: stands[name])
    return {"due_at": stands[what], "due_what": str(what)}


def timed(row: Complaint) -> None:
    """The record with what is due by when; of one that is settled, as it was due then."""
    if row.state in RESTING and row.due_close:
        row.due_at, row.due_what = None, ""
        return
    for name, value in dues(row).items():
        setattr(row, name, value)
