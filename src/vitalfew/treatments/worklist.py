"""What treatments ask for: letters of parting that are approved, and those whose months are over."""

from collections.abc import Iterator
from typing import Any, Final

from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.treatments import questions
from vitalfew.treatments.models import Treatment
from vitalfew.treatments.rights import TreatmentRight

LINES: Final = 20
DUE: Final = 1e5


def waiting(user: User) -> Iterator[Task]:
    if not user.may(TreatmentRight.WRITE):
        return
    for row in questions.unwritten(user)[:LINES]:
        yield _task(
            row,
            _("Part from an account"),
            _("{account}: the parting is approved, and it has not been told"),
            row.last_day,
        )
    for row in questions.due(user)[:LINES]:
        yield _task(
            row,
            _("Say what a treatment brought"),
            _("{account}: the months after which it is judged are over"),
            row.until,
        )


def _task(row: Treatment, what: str, why: str, due: Any) -> Task:
    said: dict[str, Any] = {"account": row.account.name}
    return Task(
        what, Message(why, said), _("Open"), row.get_absolute_url(), row.account.code, effect=float(row.aim),
        basis=_("better a year"), due=due, soon=True, priority=DUE,
    )  # fmt: skip
