from collections.abc import Iterator
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.journeys import questions
from vitalfew.journeys.rights import JourneyRight
from vitalfew.journeys.words import CheckState
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _

BECAME: Final = {
    CheckState.FINE.value: _("{who} checked, all fine: {text}"),
    CheckState.TROUBLE.value: _("{who} checked and found trouble: {text}"),
    CheckState.LEFT_OUT.value: _("{who} left a check out: {text}"),
}
LATEST: Final = 100


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When journeys began and ended, and what their checks came to."""
    if not user.may(JourneyRight.SEE):
        return
    for row in questions.of_account(user, account):
        told: dict[str, Any] = {"title": row.title}
        yield _touch(row, row.opened_on, Message(_("A service journey began: {title}"), told))
        if row.closed_on:
            yield _touch(row, row.closed_on, Message(_("A service journey ended: {title}"), told))
    rows = questions.checks(user).filter(journey__account=account, state__in=BECAME, settled_on__isnull=False)
    for check in rows.order_by("-settled_on", "-pk")[:LATEST]:
        figures: dict[str, Any] = {"who": str(check.settled_by or "–"), "text": check.title}
        yield _touch(check, check.settled_on, Message(BECAME[check.state], figures))


def _touch(row: Any, day: Any, what: Message) -> Touch:
    return Touch(day, TouchKind.JOURNEY.value, what, {"id": row.pk}, url=row.get_absolute_url())
