from collections.abc import Iterator
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.rescues import questions
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.words import RescueState, StepState
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import ChurnCause, label_of
from vitalfew.terms import gettext_noop as _

BECAME: Final = {
    RescueState.STAYED.value: _("The rescue plan ended: the account stays"),
    RescueState.LEFT.value: _("The rescue plan ended: the account left"),
    RescueState.CALLED_OFF.value: _("The rescue plan was called off"),
}
LATEST: Final = 100


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When plans began and ended, and what was done."""
    if not user.may(RescueRight.SEE):
        return
    for row in questions.of_account(user, account):
        said: dict[str, Any] = {"cause": Word(label_of(ChurnCause, row.cause))}
        yield _touch(row, row.begun_on, Message(_("A rescue plan began: {cause}"), said))
        if row.ended_on:
            yield _touch(row, row.ended_on, Message(BECAME[row.state], {}))
    rows = questions.steps(user).filter(rescue__account=account, state=StepState.DONE)
    for step in rows.order_by("-settled_on", "-pk")[:LATEST]:
        told: dict[str, Any] = {"who": str(step.settled_by or "–"), "text": Word(step.title)}
        yield _touch(step.rescue, step.settled_on, Message(_("{who} did for the rescue plan: {text}"), told))


def _touch(row: Any, day: Any, what: Message) -> Touch:
    return Touch(day, TouchKind.RESCUE.value, what, {"id": row.pk}, url=row.get_absolute_url())
