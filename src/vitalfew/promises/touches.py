from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.language import Day, Message
from vitalfew.people.models import User
from vitalfew.promises import questions
from vitalfew.promises.models import Promise
from vitalfew.promises.rights import PromiseRight
from vitalfew.promises.words import PromiseState
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

BECAME: Final[Mapping[str, str]] = {
    PromiseState.KEPT: _("{who} kept a promise in time: {text}"),
    PromiseState.LATE: _("{who} did too late what was promised: {text}"),
    PromiseState.BROKEN: _("A promise of {who} was not kept: {text}"),
    PromiseState.RELEASED: _("The customer released {who} from a promise: {text}"),
}


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What was promised, and what became of it."""
    if not user.may(PromiseRight.SEE):
        return
    for row in questions.of_account(user, account):
        figures: dict[str, Any] = {"who": str(row.owner or "–"), "text": row.text, "due": Day(day_number(row.due))}
        yield _touch(row, row.made_on, Message(_("{who} promised, by {due}: {text}"), figures))
        if row.settled_on:
            yield _touch(row, row.settled_on, Message(BECAME[row.state], figures))


def _touch(row: Promise, day: Any, what: Message) -> Touch:
    return Touch(day, "promise", what, {"id": row.pk, "state": row.state}, url=row.get_absolute_url())
