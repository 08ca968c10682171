"""/activities: visits, calls and notes."""

from datetime import date
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.activities import actions, questions
from vitalfew.activities.forms import ActivityForm
from vitalfew.activities.listing import ACTIVITIES
from vitalfew.activities.models import Activity
from vitalfew.activities.rights import ActivityRight
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

router = Router(tags=["activities"])


class ActivityNew(Schema):
    """Something done, or a note: way is visit, call, wechat, mail, meeting or note; person is a contact's person."""

    account: str
    way: str
    day: date
    text: str = ""
    person: int | None = None
    pinned: bool = False

    model_config = {"extra": "forbid"}


class ActivityOut(Schema):
    """An activity in full."""

    id: int
    account: str
    way: str
    day: date
    text: str
    person: int | None
    pinned: bool
    who: str | None
    version: int


def _told(_user: User, row: Activity) -> dict[str, Any]:
    return {
        "account": row.account.code, "way": row.way, "day": row.day, "text": row.text, "person": row.person_id,
        "pinned": row.pinned, "who": row.who.username if row.who else None,
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "activity", ACTIVITIES, questions.activities, ActivityOut, _told,
    see=ActivityRight.SEE, write=ActivityRight.LOG, many="activities",
)  # fmt: skip
OPERATIONS.reads("Visits, calls and notes, latest first, a page at a time.", "One activity.")


@OPERATIONS.adds
def log_activity(user: User, sent: ActivityNew) -> Activity:
    """Log a visit, a call, a message or a note."""
    account = visible(user, sent.account)
    form = ActivityForm(user, account, sent.dict(exclude={"account"}))
    return actions.log(user, account, checked(form, actions.FIELDS))


ROUTERS: Final = (("/activities", router),)
