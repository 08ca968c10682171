from collections.abc import Iterator
from typing import Final

from vitalfew.accounts.models import Account
from vitalfew.advice import questions
from vitalfew.advice.rights import AdviceRight
from vitalfew.advice.words import AdviceState
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import NextAction, label_of
from vitalfew.terms import gettext_noop as _

SAID: Final = {
    AdviceState.OPEN.value: _("Advice accepted: {action}"),
    AdviceState.DONE.value: _("Advice followed: {action}"),
    AdviceState.DROPPED.value: _("Advice accepted and not followed: {action}"),
    AdviceState.DECLINED.value: _("Advice declined: {action}"),
}


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What was advised, and what became of it."""
    if user.may(AdviceRight.SEE):
        for row in questions.of_account(user, account):
            what = Message(SAID[row.state], {"action": Word(label_of(NextAction, row.action))})
            day = row.done_on or row.answered_on
            yield Touch(day, TouchKind.ADVICE.value, what, {"id": row.pk}, url=row.get_absolute_url())
