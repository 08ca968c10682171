from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.club import questions
from vitalfew.club.rights import ClubRight
from vitalfew.club.words import Answered
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When it came into the club, rose and left; which rights it used; which events it came to."""
    if not user.may(ClubRight.SEE):
        return
    for row in questions.of_account(user, account):
        told: dict[str, Any] = {"level": str(row.level)}
        yield _touch(row, row.since, Message(_("Came into the level {level} of the club"), told))
        if row.until:
            yield _touch(row, row.until, Message(_("Left the level {level} of the club"), told))
    for use in questions.uses(user).filter(account=account)[: questions.SHOWN]:
        yield _touch(use, use.day, Message(_("Made use of {right}"), {"right": use.benefit.text}))
    for seat in questions.invited(user).filter(account=account, answer=Answered.ATTENDED)[: questions.SHOWN]:
        yield _touch(seat.event, seat.event.day, Message(_("Came to {event}"), {"event": seat.event.title}))


def _touch(row: Any, day: Any, what: Message) -> Touch:
    return Touch(day, TouchKind.CLUB.value, what, {"id": row.pk}, url=row.get_absolute_url())
