"""/portal-accesses: who of our customers' people may visit the portal, given, invited again, ended."""

from datetime import date, datetime
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.api.problems import form_refused
from vitalfew.language import Message
from vitalfew.lists.operations import Operations
from vitalfew.people.fields import picked
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.portal import actions, questions
from vitalfew.portal.forms import GiveForm
from vitalfew.portal.listing import ACCESSES
from vitalfew.portal.models import Access
from vitalfew.portal.rights import PortalRight
from vitalfew.terms import gettext_noop as _

router = Router(tags=["portal"])
NOT_YOURS: Final = Message(_("Only who manages the account or stands in for who does, and heads, give access to it"))


class AccessNew(Schema):
    """Who of the account's people, by the number of the post; what is shown, by the names of the portal's parts."""

    account: str
    post: int
    parts: list[str]
    email: str = ""
    subsidiaries: bool = False
    until: date | None = None

    model_config = {"extra": "forbid"}


class AccessOut(Schema):
    """That somebody may visit the portal; the link of an invitation is told to nobody over the API, it goes by letter."""

    id: int
    account: str
    person: int
    username: str | None
    subsidiaries: bool
    parts: list[str]
    until: date | None
    standing: str
    ended_on: date | None
    seen_at: datetime | None
    version: int


def _told(user: User, row: Access) -> dict[str, Any]:
    known = questions.accesses(user).get(pk=row.pk)
    plain = ("subsidiaries", "parts", "until", "ended_on", "seen_at")
    return {
        "account": known.account.code, "person": known.person_id, "username": known.user.username if known.user else None,
        "standing": known.standing.value, **{name: getattr(known, name) for name in plain},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "portal_access", ACCESSES, questions.accesses, AccessOut, _told, see=PortalRight.SEE, write=PortalRight.GIVE,
    denied=NOT_YOURS, many="portal-accesses",
)  # fmt: skip
OPERATIONS.reads(
    "Who may visit the portal, the latest given first, a page at a time.", "One access, and how it stands."
)


@OPERATIONS.adds
def give_portal_access(user: User, sent: AccessNew) -> Access:
    """Give access, and write the invitation where the person has taken up none before."""
    account = visible(user, sent.account)
    if not questions.may_give(user, account):
        raise Forbidden
    form = GiveForm(questions.posts_without(user, account), sent.dict(exclude={"account"}, exclude_none=True))
    if not form.is_valid():
        raise form_refused(form.errors)
    post = form.cleaned_data["post"]
    return actions.give(user, post, picked(form, actions.FIELDS), email=form.cleaned_data["email"] or post.person.email)


@OPERATIONS.does("invite")
def invite_to_portal(user: User, row: Access) -> None:
    """Write a new invitation; the link of the one before opens nothing any more."""
    actions.invite(user, row.pk)


@OPERATIONS.does("end", matched=True)
def end_portal_access(user: User, row: Access) -> None:
    """It opens nothing any more."""
    actions.end(user, row.pk)


ROUTERS: Final = (("/portal-accesses", router),)
