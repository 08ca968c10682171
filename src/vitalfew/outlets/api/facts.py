"""/contacts and /complaints: what the facts say of an account."""

from typing import Annotated, Any, Final

from django.conf import settings
from ninja import Query, Router

from vitalfew.accounts import facts_of
from vitalfew.outlets.api.accounts import dated, visible
from vitalfew.outlets.api.answering import responses
from vitalfew.outlets.api.gate import Asked, needs
from vitalfew.outlets.api.shapes import Complaints, Contacts
from vitalfew.people.permissions import Right

router = Router(tags=["facts"])
MOST: Final = 1000
Code = Annotated[str, Query(description="The account's code")]


@router.get("/contacts", auth=needs(Right.ACCOUNTS), response=responses(Contacts, 404), operation_id="list_contacts")
def list_contacts(request: Asked, account: Code) -> dict[str, Any]:
    """The people known at an account."""
    rows = facts_of.contacts(settings.HOME, visible(request.auth, account).code)
    return {"items": [dated(row) for row in rows]}


@router.get(
    "/complaints", auth=needs(Right.ACCOUNTS), response=responses(Complaints, 404), operation_id="list_complaints"
)
def list_complaints(request: Asked, account: Code) -> dict[str, Any]:
    """The complaints of an account, latest first, at most a thousand."""
    rows = facts_of.complaints(settings.HOME, visible(request.auth, account).code, MOST)
    return {"items": [dated(row) for row in rows]}
