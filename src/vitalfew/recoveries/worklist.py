"""What winning back asks for: one's own steps, a line an attempt; accounts that came back and buy more slowly or not at all."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.language import Count, Day, Message, Word
from vitalfew.people.models import User
from vitalfew.recoveries import questions, watching
from vitalfew.recoveries.models import Recovery, RecoveryStep
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.watching import Watched
from vitalfew.recoveries.words import Pace
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

MOST: Final = 200
LINES: Final = 20
DUE: Final = 1e5
"""Below what keeps accounts that can still be kept."""
LATE: Final = 2e5
SLIPPING: Final = 5e5
"""Who came back and slips away again is lost for good."""
SOON: Final = timedelta(days=7)


def waiting(user: User) -> Iterator[Task]:
    if not user.may(RecoveryRight.WRITE):
        return
    yield from _slipping(user)
    found: dict[int, list[RecoveryStep]] = {}
    for row in questions.asking(user)[:MOST]:
        found.setdefault(row.recovery_id, []).append(row)
    yield from (_own(rows) for rows in list(found.values())[:LINES])


def _own(rows: Sequence[RecoveryStep]) -> Task:
    """All that one has to do for an attempt; where it is one step, that one."""
    first, today = rows[0], timezone.localdate()
    said: dict[str, Any] = {"account": first.account.name, "text": Word(first.title), "n": Count(len(rows))}
    why = _("{account}: {text}") if len(rows) == 1 else _("{account}: {n} steps, the first is: {text}")
    url = first.get_absolute_url() if len(rows) == 1 else first.recovery.get_absolute_url()
    return Task(
        _("Win a lost account back"), Message(why, said), _("Do it"), url, first.account.code,
        effect=first.recovery.expected, basis=_("expected gain"), due=first.due, soon=first.due <= today + SOON,
        priority=LATE if first.is_late else DUE,
    )  # fmt: skip


def _slipping(user: User) -> Iterator[Task]:
    """Of accounts that one won back."""
    rows = list(questions.watched(user).filter(owner=user)[:LINES])
    found = watching.watch(rows)
    for row in rows:
        told = found.get(row.pk)
        if told and told.pace in {Pace.SILENT, Pace.SLOWER}:
            yield _slips(row, told)


def _slips(row: Recovery, told: Watched) -> Task:
    said: dict[str, Any] = {"account": row.account.name, "n": Count(round(told.gap))}
    if told.pace is Pace.SLOWER:
        text = _("{account} came back and buys more slowly than its {n} {n:day|days} before it left")
    elif told.latest:
        said["day"] = Day(day_number(told.latest))
        text = _("{account} came back and is silent again since {day}; before it left it bought every {n} {n:day|days}")
    else:
        text = _("{account} came back, as it was written down, and has bought nothing since")
    return Task(
        _("Look after an account that came back"), Message(text, said), _("Open"), row.get_absolute_url(), row.account.code,
        effect=row.value, basis=_("second lifetime value"), soon=True, priority=SLIPPING,
    )  # fmt: skip
