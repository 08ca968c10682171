from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.activities.ways import Way
from vitalfew.comments.questions import counted
from vitalfew.feedback import questions
from vitalfew.feedback.commented import KIND
from vitalfew.feedback.models import Asked
from vitalfew.feedback.rights import FeedbackRight
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When it was asked for its opinion, and when it answered."""
    if not user.may(FeedbackRight.SEE):
        return
    said = counted(user, account, KIND)
    for row in questions.of_account(user, account):
        about = {"id": row.pk, "round": row.round.name, "comments": said.get(row.pk, 0)}
        if row.answered_on:
            told = Message(_("{who} answered us: {round}. {will_do}"), _figures(row))
            yield Touch(row.answered_on, "survey", told, about, url=row.get_absolute_url())
        elif row.asked_on:
            told = Message(_("{way}: asked for feedback, not answered yet: {round}"), _figures(row))
            yield Touch(row.asked_on, "survey", told, about, url=row.get_absolute_url())


def _figures(row: Asked) -> dict[str, Any]:
    return {
        "who": str(row.person or "–"), "round": row.round.name, "will_do": row.will_do,
        "way": Word(label_of(Way, row.way)),
    }  # fmt: skip
