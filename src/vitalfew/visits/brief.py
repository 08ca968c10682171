"""The briefing of a visit to an account: how it stands, whom one meets, what is open, what to speak about and what not.

Nothing in it that its reader may not see elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.sheet import Sheet
from vitalfew.activities import questions as activities
from vitalfew.activities.models import Activity
from vitalfew.activities.rights import ActivityRight
from vitalfew.contacts.models import Post
from vitalfew.contacts.rights import ContactRight
from vitalfew.contacts.words import Attitude
from vitalfew.language import Count, Day, Message, Names
from vitalfew.milestones import questions as milestones
from vitalfew.milestones.models import Milestone
from vitalfew.people.models import User
from vitalfew.preferences import questions as preferences
from vitalfew.preferences.models import Preference
from vitalfew.promises import questions as promises
from vitalfew.promises.models import Promise
from vitalfew.promises.rights import PromiseRight
from vitalfew.rooms import declared
from vitalfew.terms import NextAction
from vitalfew.terms import gettext_noop as _
from vitalfew.visits import questions
from vitalfew.visits.models import Visit
from vitalfew.warehouse.run import day_number

TOUCHES: Final = 3
MOST: Final = 12


@dataclass(frozen=True)
class Brief:
    """What one should know at an account's door."""

    account: Account
    visit: Visit | None
    sheet: Sheet
    people: list[tuple[Post, bool]]
    """Each with whether we want to meet him or her."""
    promises: list[Promise]
    complaints: list[dict[str, Any]]
    touches: list[Activity]
    talk: list[dict[str, Any]]
    unsaid: list[Message]
    milestones: list[Milestone]
    preferences: list[Preference]

    def shorter(self, most: int) -> "Brief":
        """With so many lines of each at most, for one page of paper."""
        return replace(
            self, people=self.people[:most], promises=self.promises[:most], complaints=self.complaints[:most],
            talk=self.talk[:most], touches=self.touches[: min(most, TOUCHES)], unsaid=self.unsaid[:most],
            milestones=self.milestones[:most], preferences=self.preferences[:most],
        )  # fmt: skip


def brief(user: User, account: Account, visit: Visit | None = None) -> Brief:
    sheet = Sheet(settings.HOME, user, account)
    people = _people(account, visit) if user.may(ContactRight.SEE) else []
    promised = promises.open_of(user, account)[:MOST] if user.may(PromiseRight.SEE) else []
    touches = activities.of_account(user, account)[:TOUCHES] if user.may(ActivityRight.SEE) else []
    complaints = sheet.open_complaints[:MOST]
    unsaid = [
        *_unsaid(sheet, promised), *_known_to_rooms(user, account), *_among_us(sheet, [post for post, _wanted in people])
    ]  # fmt: skip
    days = milestones.coming(user, account)[:TOUCHES]
    works = preferences.of_account(user, account)[:MOST]
    return Brief(account, visit, sheet, people, promised, complaints, touches, _talk(sheet), unsaid, days, works)


def _talk(sheet: Sheet) -> list[dict[str, Any]]:
    """What to do next about the account, save to visit it."""
    return [row for row in sheet.actions if row["action"] != NextAction.VISIT][:MOST]


def _people(account: Account, visit: Visit | None) -> list[tuple[Post, bool]]:
    """Whom we want to meet before the others."""
    wanted = {each.person_id for each in visit.people.all() if each.wanted} if visit else set()
    rows = [(post, post.person_id in wanted) for post in questions.people_at([account])]
    return sorted(rows, key=lambda pair: not pair[1])[:MOST]


def _known_to_rooms(user: User, account: Account) -> Iterator[Message]:
    """What the rooms know that should not be said: broken promises, what does not work, what we heard elsewhere."""
    for room in declared("untold"):
        yield from room.untold(user, account)


def _unsaid(sheet: Sheet, promised: list[Promise]) -> Iterator[Message]:
    """What not to say while something is open: complaints, late promises, overdue invoices."""
    if sheet.open_complaints:
        yield Message(_("Do not make light of what it complains of: it is open"))
        numbers = Names([str(each["complaint_id"]) for each in sheet.open_complaints[:TOUCHES]])
        text = _("Promise no solution of complaint {numbers} that is not agreed inside the house")
        yield Message(text, {"numbers": numbers})
    today = timezone.localdate()
    late: list[Promise] = [each for each in promised if each.due < today]
    if late:
        figures: Mapping[str, Any] = {"text": str(late[0]), "due": Day(day_number(late[0].due))}
        text = _("Make no new promise before the late one is spoken about: {text} (due {due})")
        yield Message(text, figures)
    if sheet.overdue["n"]:
        text = _("Offer no longer terms: {n} invoices are overdue; ask finance first")
        yield Message(text, {"n": Count(sheet.overdue["n"])})


def _among_us(sheet: Sheet, people: list[Post]) -> Iterator[Message]:
    """Who is against us, and what we reckon ourselves."""
    critics = [str(post.person) for post in people if post.attitude == Attitude.CRITIC]
    if critics:
        yield Message(_("Say nothing that must not reach {names}: critical of us"), {"names": Names(critics)})
    if sheet.sees_money:
        yield Message(_("Its risk, tier and value are our own reckoning: not a word of them at the table"), {})
