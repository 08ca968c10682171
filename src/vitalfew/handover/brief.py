"""What the successor must know of an account: how it stands, its people, what is open, what was last said."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.accounts.sheet import Sheet
from vitalfew.activities import questions as activities
from vitalfew.activities.models import Activity
from vitalfew.activities.rights import ActivityRight
from vitalfew.contacts import questions as contacts
from vitalfew.contacts.models import Post
from vitalfew.contacts.rights import ContactRight
from vitalfew.milestones import questions as milestones
from vitalfew.milestones.models import Milestone
from vitalfew.people.models import User
from vitalfew.preferences import questions as preferences
from vitalfew.preferences.models import Preference
from vitalfew.promises import questions as promises
from vitalfew.promises.models import Promise
from vitalfew.promises.rights import PromiseRight

LATEST: Final = 10
FEW_DAYS: Final = 5


@dataclass(frozen=True)
class Brief:
    """The account as its successor sees it: nothing that he may not see elsewhere."""

    sheet: Sheet
    people: list[Post]
    pinned: list[Activity]
    latest: list[Activity]
    promises: list[Promise]
    milestones: list[Milestone]
    preferences: list[Preference]

    @property
    def complaints(self) -> list[dict[str, Any]]:
        return self.sheet.open_complaints


def brief(user: User, account: Account) -> Brief:
    people = [post for post in contacts.at(account) if post.left_on is None] if user.may(ContactRight.SEE) else []
    sees = user.may(ActivityRight.SEE)
    pinned = activities.pinned(user, account) if sees else []
    latest = activities.of_account(user, account)[:LATEST] if sees else []
    open_promises = promises.open_of(user, account) if user.may(PromiseRight.SEE) else []
    days = milestones.coming(user, account)[:FEW_DAYS]
    works = preferences.of_account(user, account)
    return Brief(Sheet(settings.HOME, user, account), people, pinned, latest, open_promises, days, works)
