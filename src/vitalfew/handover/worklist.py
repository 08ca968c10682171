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
from vitalfew.people.permissions import HEADS
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 30
LATELY: Final = timedelta(days=30)
PRIORITY: Final = 1.0


def waiting(user: User) -> Iterator[Task]:
    if not user.may(HandoverRight.HAND_OVER):
        return
    mine = questions.handovers(user).filter(successor=user).order_by("due")
    for row in mine.filter(state=HandoverState.STARTED)[:MOST]:
        yield _task(row, _("Accept the handover"), Message(_("{account} is handed over to you"), _account(row)))
    for row in mine.filter(state=HandoverState.ACCEPTED)[:MOST]:
        yield _task(row, _("Finish the handover"), _lacking(row))
    if user.role in HEADS:
        yield from _of_heads(user)


def _of_heads(user: User) -> Iterator[Task]:
    """What was declined, and what is late with others."""
    today = timezone.localdate()
    rows = questions.handovers(user)
    for row in rows.filter(state=HandoverState.DECLINED, changed_at__date__gte=today - LATELY)[:MOST]:
        if not questions.running(row.account) and row.account.manager_id == row.giver_id:
            figures = {"who": str(row.successor or ""), "reason": row.declined_because, **_account(row)}
            why = Message(_("{who} can't take {account}: {reason}"), figures)
            yield _task(row, _("Find another successor"), why)
    late = rows.running().exclude(successor=user).filter(due__lt=today)  # type: ignore[attr-defined]  # ours
    for row in late[:MOST]:
        why = Message(_("{who} is late with taking over {account}"), {"who": str(row.successor or ""), **_account(row)})
        yield _task(row, _("Ask about the handover"), why)


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
