"""What handovers ask for: to be accepted, to be finished, and somebody else to be found."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.handover import questions
from vitalfew.handover.models import Handover
from vitalfew.handover.rights import HandoverRight
from vitalfew.handover.words import HandoverState
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 100
LATELY: Final = timedelta(days=30)
PRIORITY: Final = 1.0


def waiting(user: User) -> Iterator[Task]:
    if not user.may(HandoverRight.HAND_OVER):
        return
    today = timezone.localdate()
    for row in questions.asking(user, today, today - LATELY)[:MOST]:
        if row.state == HandoverState.DECLINED:
            yield from _declined(row)
        elif row.successor_id != user.pk:
            who = {"who": str(row.successor or ""), **_account(row)}
            yield _task(row, _("Ask about the handover"), Message(_("{who} is late with taking over {account}"), who))
        elif row.state == HandoverState.STARTED:
            yield _task(row, _("Accept the handover"), Message(_("{account} is handed over to you"), _account(row)))
        else:
            yield _task(row, _("Finish the handover"), _lacking(row))


def _declined(row: Handover) -> Iterator[Task]:
    """Where nothing has come of it otherwise."""
    if not questions.running(row.account) and row.account.manager_id == row.giver_id:
        figures = {"who": str(row.successor or ""), "reason": row.declined_because, **_account(row)}
        yield _task(row, _("Find another successor"), Message(_("{who} can't take {account}: {reason}"), figures))


def _account(row: Handover) -> dict[str, Any]:
    return {"account": row.account.name}


def _lacking(row: Any) -> Message:
    if row.agreed_on is None:
        return Message(_("The customer has not agreed yet; open steps: {n}"), {"n": Count(row.open_steps)})
    return Message(_("Open steps: {n}"), {"n": Count(row.open_steps)})


def _task(row: Handover, what: str, why: Message) -> Task:
    late = row.due <= timezone.localdate()
    return Task(
        what, why, _("Open"), row.get_absolute_url(), row.account.code, due=row.due, soon=late,
        priority=PRIORITY if late else 0.0,
    )  # fmt: skip
