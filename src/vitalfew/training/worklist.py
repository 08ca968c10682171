"""What training asks for: a session to prepare, to hold, to close; people whose certificates run out."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from urllib.parse import quote_plus

from django.urls import reverse
from django.utils import timezone

from vitalfew.language import Count, Day, Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.training import questions
from vitalfew.training.questions import Asking
from vitalfew.training.rights import TrainingRight
from vitalfew.training.words import SessionState
from vitalfew.warehouse.run import day_number

MOST: Final = 60
AHEAD: Final = (_("Prepare a training"), _("{title} on {day}: invite who is to come and open the link at the door"))
NOW: Final = (_("Hold a training"), _("{title} is today: put up the QR code, note who came"))
OVER: Final = (_("Close a training"), _("{title} of {day} is over: who came, what it cost, what came of it"))


def waiting(user: User) -> Iterator[Task]:
    if not user.may(TrainingRight.RUN):
        return
    today = timezone.localdate()
    for row in questions.asking(user, today, MOST):
        yield _again(row) if row.code else _session(row, today)


def _session(row: Asking, today: date) -> Task:
    past = row.day < today or row.state == SessionState.HELD
    what, why = OVER if past else NOW if row.day == today else AHEAD
    figures: dict[str, Any] = {"title": row.title, "day": Day(day_number(row.day))}
    address = reverse("training-session", args=[row.number])
    return Task(what, Message(why, figures), _("Open"), address, due=row.day, soon=True)


def _again(row: Asking) -> Task:
    figures: dict[str, Any] = {
        "account": row.name, "title": row.title, "n": Count(row.n), "day": Day(day_number(row.day)),
    }  # fmt: skip
    why = Message(_("{account}: {n} {n:certificate|certificates} of {title} {n:ends|end} from {day} on"), figures)
    address = f"{reverse('certificates')}?q={quote_plus(row.code)}"
    return Task(_("Train people again"), why, _("See who"), address, row.code, due=row.day)
