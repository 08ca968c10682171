"""What feedback rounds ask for: to ask, to bring in the answer, to do what was said; heads see which rounds are late."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote_plus

from django.urls import reverse
from django.utils import timezone

from vitalfew.feedback import questions
from vitalfew.feedback.models import Asked
from vitalfew.feedback.rights import FeedbackRight
from vitalfew.feedback.words import AskedState
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 60
SOON: Final = timedelta(days=7)
PRIORITY: Final = 1.0
ASKING: Final[dict[str, tuple[str, str]]] = {
    AskedState.PLANNED: (_("Ask for feedback"), _("{account} is to be asked for feedback: {round}")),
    AskedState.ASKED: (_("Bring in the answer"), _("{account} was asked and has not answered: {round}")),
    AskedState.ANSWERED: (
        _("Do what the feedback asks for"),
        _("{account} was promised after its feedback: {will_do}"),
    ),
}


def waiting(user: User) -> Iterator[Task]:
    if not user.may(FeedbackRight.ASK):
        return
    today = timezone.localdate()
    rows = questions.mine(user).filter(round__since__lte=today, state__in=ASKING).order_by("round__until", "pk")
    for row in rows.exclude(state=AskedState.ANSWERED, will_do="")[:MOST]:
        what, why = ASKING[row.state]
        yield _task(row, what, Message(why, _figures(row)))
    if user.role in HEADS:
        yield from _late(user)


def _late(user: User) -> Iterator[Task]:
    one: Any
    for one in questions.late(user, timezone.localdate())[:MOST]:
        figures: dict[str, Any] = {"n": Count(one.open), "round": one.name}
        why = Message(_("{round} is over, and accounts have not answered: {n}"), figures)
        address = f"{reverse('feedback-asked')}?open=open&q={quote_plus(one.name)}"
        yield Task(_("Ask about the feedback"), why, _("See who"), address, due=one.until, soon=True)


def _figures(row: Asked) -> dict[str, Any]:
    return {"account": row.account.name, "round": row.round.name, "will_do": row.will_do}


def _task(row: Asked, what: str, why: Message) -> Task:
    soon = row.round.until <= timezone.localdate() + SOON
    return Task(
        what, why, _("Open"), row.get_absolute_url(), row.account.code, due=row.round.until, soon=soon,
        priority=PRIORITY if soon else 0.0,
    )  # fmt: skip
