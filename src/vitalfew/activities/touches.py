from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.activities import questions
from vitalfew.activities.commented import KIND
from vitalfew.activities.models import Activity
from vitalfew.activities.rights import ActivityRight
from vitalfew.activities.ways import Way
from vitalfew.comments.questions import counted
from vitalfew.language import Message, Names, Word
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of


def touches(user: User, account: Account) -> Iterator[Touch]:
    """Visits, calls and notes."""
    if user.may(ActivityRight.SEE):
        said = counted(user, account, KIND)
        for row in questions.of_account(user, account):
            about = {"id": row.pk, "way": row.way, "person": row.person_id, "who": str(row.who or "")}
            about |= {"side": row.side, "comments": said.get(row.pk, 0)}
            yield Touch(row.day, "activity", _told(row), about, url=row.get_absolute_url())


def _told(row: Activity) -> Message:
    ours, theirs = row.were_there
    figures: dict[str, Any] = {"way": Word(label_of(Way, row.way)), "who": Names(ours or ("–",)), "text": row.text}
    if theirs:
        return Message(_("{way}: {who} with {person}. {text}"), {**figures, "person": Names(theirs)})
    return Message(_("{way}: {who}. {text}"), figures)
