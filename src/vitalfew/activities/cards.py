from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.activities import knowing, questions, since
from vitalfew.activities.rights import ActivityRight
from vitalfew.contacts.rights import ContactRight
from vitalfew.people.models import User
from vitalfew.rooms import Card


def pinned(user: User, account: Account) -> Mapping[str, Any]:
    """What is to be seen before all else."""
    rows = questions.pinned(user, account)
    return {"pinned": rows} if rows else {}


def known(_user: User, account: Account) -> Mapping[str, Any]:
    """Who of ours knows whom there, and whom nobody would know any more if one of us left."""
    people = knowing.known(account, timezone.localdate())
    if not any(each.links for each in people):
        return {}
    lost = knowing.lost_with(people)
    return {
        "people": people,
        "since": since.unread(account),
        "lost": lost and {"who": lost[0], "n": lost[1], "all": len(people)},
    }


CARDS = (
    Card("timeline", ActivityRight.SEE, "activities/pinned.html", pinned),
    Card("contacts", ContactRight.SEE, "activities/known.html", known),
)
