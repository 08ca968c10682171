"""What rescue plans ask for: one's own steps, a line a plan; what came of a plan whose time is over; for heads, what is late."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from vitalfew.language import Count, Message, Word
from vitalfew.people.models import User
from vitalfew.rescues import questions
from vitalfew.rescues.models import Rescue, RescueStep
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.words import RescueStanding
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 200
LINES: Final = 30
LATE: Final = 5e8
"""A late step stands after one's word to the customer, and before what the analyses advise."""
DUE: Final = 1e6
SOON: Final = timedelta(days=7)


def waiting(user: User) -> Iterator[Task]:
    if not user.may(RescueRight.STEP):
        return
    rows = list(questions.asking(user)[:MOST])
    own = _by_plan([row for row in rows if row.is_mine])
    yield from (_own(each) for each in own[:LINES])
    if others := [row for row in rows if not row.is_mine]:
        yield _others(others, cut=len(rows) == MOST)
    yield from map(_over, questions.over(user)[:LINES])


def _by_plan(rows: Sequence[RescueStep]) -> list[list[RescueStep]]:
    found: dict[int, list[RescueStep]] = {}
    for row in rows:
        found.setdefault(row.rescue_id, []).append(row)
    return list(found.values())


def _own(rows: Sequence[RescueStep]) -> Task:
    """All that one has to do for a plan; where it is one step, that one."""
    first, today = rows[0], timezone.localdate()
    said: dict[str, Any] = {"account": first.account.name, "text": Word(first.title), "n": Count(len(rows))}
    why = _("{account}: {text}") if len(rows) == 1 else _("{account}: {n} steps, the first is: {text}")
    url = first.get_absolute_url() if len(rows) == 1 else first.rescue.get_absolute_url()
    return Task(
        _("Keep an account that may leave"), Message(why, said), _("Do it"), url, first.account.code,
        effect=first.rescue.at_stake, basis=_("at stake"), due=first.due, soon=first.due <= today + SOON,
        priority=LATE if first.is_late else DUE,
    )  # fmt: skip


def _others(rows: Sequence[RescueStep], *, cut: bool) -> Task:
    """What colleagues are late with."""
    said: dict[str, Any] = {"n": Count(len(rows)), "plans": Count(len(_by_plan(rows)))}
    text = _("{n} {n:step|steps} of {plans} {plans:plan|plans} {n:is|are} late")
    why = Message(_("{n} steps or more are late"), said) if cut else Message(text, said)
    url = f"{reverse('rescues')}?{urlencode({'standing': RescueStanding.LATE.value})}"
    return Task(
        _("Help colleagues with late rescue plans"), why, _("See them"), url, due=rows[0].due, soon=True, priority=DUE
    )


def _over(row: Rescue) -> Task:
    said: dict[str, Any] = {"account": row.account.name}
    return Task(
        _("Say what became of a rescue plan"), Message(_("{account}: the time of its rescue plan is over"), said), _("Open"),
        row.get_absolute_url(), row.account.code, due=row.until, soon=True, priority=DUE,
    )  # fmt: skip
