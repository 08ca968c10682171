from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.ideas import questions
from vitalfew.ideas.models import Pilot
from vitalfew.ideas.rights import IdeaRight
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What it would have us do, when it was told what came of it, and what was tried with it."""
    if not user.may(IdeaRight.SEE):
        return
    for row in questions.of_account(user, account):
        told: dict[str, Any] = {"number": row.number, "text": row.brief}
        yield _touch(row, row.said_on, Message(_("Idea {number}: {text}"), told))
        if row.told_on:
            yield _touch(row, row.told_on, Message(_("Told what came of idea {number}"), told))
    for pilot in Pilot.objects.visible_to(user).filter(account=account).select_related("idea")[: questions.SHOWN]:
        said: dict[str, Any] = {"number": pilot.idea.number, "what": pilot.measure, "result": pilot.result}
        yield _touch(pilot, pilot.since, Message(_("Idea {number} is tried here: {what}"), said))
        if pilot.ended_on:
            yield _touch(pilot, pilot.ended_on, Message(_("What came of trying idea {number}: {result}"), said))


def _touch(row: Any, day: Any, what: Message) -> Touch:
    return Touch(day, TouchKind.IDEA.value, what, {"id": row.pk}, url=row.get_absolute_url())
