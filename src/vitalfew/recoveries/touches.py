from collections.abc import Iterator
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.recoveries import questions
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.words import RecoveryState, StepState
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import ChurnCause, label_of
from vitalfew.terms import gettext_noop as _

BECAME: Final = {
    RecoveryState.RETURNED.value: _("It came back"),
    RecoveryState.REFUSED.value: _("It refused to come back"),
    RecoveryState.NO_ANSWER.value: _("The attempt to win it back got no answer"),
    RecoveryState.CALLED_OFF.value: _("The attempt to win it back was called off"),
}
LATEST: Final = 100


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When attempts began and ended, and what was done; that it was left alone is no touch."""
    if not user.may(RecoveryRight.SEE):
        return
    for row in questions.of_account(user, account):
        if row.is_held_out:
            continue
        said: dict[str, Any] = {"cause": Word(label_of(ChurnCause, row.cause))}
        yield _touch(row, row.winback_round.begun_on, Message(_("An attempt to win it back began: {cause}"), said))
        if row.settled_on:
            yield _touch(row, row.settled_on, Message(BECAME[row.state], {}))
    rows = questions.steps(user).filter(recovery__account=account, state=StepState.DONE)
    for step in rows.order_by("-settled_on", "-pk")[:LATEST]:
        told: dict[str, Any] = {"text": Word(step.title)}
        yield _touch(step.recovery, step.settled_on, Message(_("Done to win it back: {text}"), told))


def _touch(row: Any, day: Any, what: Message) -> Touch:
    return Touch(day, TouchKind.RECOVERY.value, what, {"id": row.pk}, url=row.get_absolute_url())
