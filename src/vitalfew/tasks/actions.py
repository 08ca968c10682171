"""Deciding about a line of Today: permission asked, audit written, in one transaction."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import NotPossible
from vitalfew.rooms import Task
from vitalfew.tasks import questions
from vitalfew.tasks.models import Decision
from vitalfew.tasks.words import Decided
from vitalfew.terms import gettext_noop as _

RESTS: Final = timedelta(days=30)
"""So long a line that was ticked off or handed on stays away; longer none can be put off."""


def tick_off(user: User, task: Task) -> Decision:
    """It is done. What a record of a room asks for is settled there, not here."""
    if not task.advice:
        raise NotPossible(_("This is settled where it stands: open it"))
    return _decide(user, task, Decided.DONE, {"until": timezone.localdate() + RESTS})


def put_off(user: User, task: Task, until: date) -> Decision:
    """Not before that day."""
    today = timezone.localdate()
    if not today < until <= today + RESTS:
        raise NotPossible(_("Put it off to one of the next 30 days"))
    return _decide(user, task, Decided.LATER, {"until": until})


def hand_on(user: User, task: Task, to: User, note: str) -> Decision:
    """A colleague does it."""
    if not questions.colleagues(user).filter(pk=to.pk).exists():
        raise NotPossible(_("Hand it to a colleague"))
    if not questions.sees(to, [task.customer]):
        raise NotPossible(_("This colleague does not see the account: add him or her to its team first"))
    told = {"until": timezone.localdate() + RESTS, "to": to, "note": note}
    return _decide(user, task, Decided.HANDED, told)


@transaction.atomic
def _decide(user: User, task: Task, kind: Decided, fields: dict[str, Any]) -> Decision:
    user.must(Right.TODAY)
    plain = {"to": None, "note": "", "what": task.what, "customer": task.customer, "url": task.url, "due": task.due}
    made, _new = Decision.objects.update_or_create(
        user=user, key=task.key, defaults={**plain, "kind": kind.value, **fields}
    )
    changes = {"what": task.what, "url": task.url, "until": fields["until"].isoformat()}
    told = fields.get("to")
    audit.record(user, f"task-{kind.value}", f"task:{task.key}", {**changes, **({"to": told.username} if told else {})})
    return made


@transaction.atomic
def take_back(user: User, key: str) -> Decision | None:
    """The line waits again; gives what was decided, where anything was."""
    user.must(Right.TODAY)
    row = Decision.objects.select_for_update(of=("self",)).select_related("to").filter(user=user, key=key).first()
    if row is not None:
        Decision.objects.filter(pk=row.pk).delete()
        audit.record(user, "task-again", f"task:{key}", {})
    return row
