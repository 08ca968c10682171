from collections.abc import Iterator
from typing import Final

from vitalfew.accounts.models import Account
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.preferences import questions
from vitalfew.preferences.words import Area, Works
from vitalfew.terms import gettext_noop as _

MOST: Final = 3
AT_THE_TABLE: Final = (Area.MEETING, Area.TALK, Area.OFFER, Area.COMPLAINT)


def untold(user: User, account: Account) -> Iterator[Message]:
    """What does not work with it where one sits together."""
    rows = questions.preferences(user).filter(account=account, works=Works.NOT, area__in=AT_THE_TABLE)
    for row in rows[:MOST]:
        yield Message(_("What does not work with this account: {text}"), {"text": row.text})
