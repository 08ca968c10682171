from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.words import Part
from vitalfew.people.models import User
from vitalfew.rooms import Card
from vitalfew.stakeholders import questions
from vitalfew.stakeholders.gaps import gaps, headline
from vitalfew.stakeholders.rights import StakeholderRight

SHOWN = 3


def in_short(_user: User, account: Account) -> Mapping[str, Any]:
    """The map in a sentence or three, and the way to it."""
    today = timezone.localdate()
    people = questions.stakeholders(account, today)
    found = gaps(people, questions.log(today))
    return {
        "account": account,
        "headline": headline(people, found),
        "more": found[1:SHOWN],
        "visits": questions.visits(account),
        "guessed": any(each.part is Part.DECIDER and not each.said_part for each in people),
        "apart": bool(people) and not any(each.bonds for each in people),
    }


CARDS = (Card("contacts", StakeholderRight.SEE, "stakeholders/card.html", in_short, first=True),)
