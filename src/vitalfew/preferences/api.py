"""/preferences: what works with accounts, and what does not."""

from copy import copy
from datetime import date
from typing import Any, Final

from django.utils import timezone
from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.preferences import actions, questions
from vitalfew.preferences.forms import PreferenceForm
from vitalfew.preferences.listing import PREFERENCES
from vitalfew.preferences.models import Preference
from vitalfew.preferences.rights import PreferenceRight
from vitalfew.terms import gettext_noop as _

router = Router(tags=["preferences"])
NOT_YOURS: Final = Message(_("Only who wrote it down, who manages the account and heads can do this"))


class PreferenceChange(Schema):
    """What can be corrected; what is not sent stays. Works is works or not; person is a contact's number."""

    works: str | None = None
    area: str | None = None
    text: str | None = None
    evidence: str | None = None
    seen_on: date | None = None
    person: int | None = None

    model_config = {"extra": "forbid"}


class PreferenceNew(PreferenceChange):
    """A new one; seen today unless told otherwise."""

    account: str
    works: str
    area: str
    text: str
    evidence: str


class PreferenceOut(Schema):
    """A preference in full."""

    id: int
    account: str
    works: str
    area: str
    text: str
    evidence: str
    seen_on: date
    freshness: str
    person: int | None
    version: int


def _told(_user: User, row: Preference) -> dict[str, Any]:
    plain = ("works", "area", "text", "evidence", "seen_on")
    return {
        "account": row.account.code, "person": row.person_id, "freshness": row.freshness.value,
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "preference", PREFERENCES, questions.preferences, PreferenceOut, _told,
    see=PreferenceRight.SEE, write=PreferenceRight.WRITE, denied=NOT_YOURS,
)  # fmt: skip
OPERATIONS.reads("What works with accounts, the latest seen first, a page at a time.", "One preference.")


@OPERATIONS.adds
def write_preference(user: User, sent: PreferenceNew) -> Preference:
    """Write down what works, or does not."""
    account = visible(user, sent.account)
    given = {"seen_on": timezone.localdate(), **sent.dict(exclude={"account"}, exclude_none=True)}
    return actions.write(user, account, checked(PreferenceForm(user, account, given), actions.FIELDS))


@OPERATIONS.changes
def change_preference(user: User, row: Preference, sent: PreferenceChange) -> None:
    """Correct it. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS} | {"person": row.person_id}
    form = PreferenceForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change(user, row.pk, row.version, checked(form, actions.FIELDS))


@OPERATIONS.does("confirm")
def confirm_preference(user: User, row: Preference) -> None:
    """It was seen again today."""
    actions.confirm(user, row.pk)


@OPERATIONS.puts_away
def put_away_preference(user: User, row: Preference) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/preferences", router),)
