"""/activities: visits, calls and notes."""

from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Query, Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.activities import actions, questions
from vitalfew.activities.forms import ActivityForm
from vitalfew.activities.listing import ACTIVITIES
from vitalfew.activities.models import Activity
from vitalfew.activities.rights import ActivityRight
from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import form_refused, not_found
from vitalfew.api.versions import etag
from vitalfew.lists.answers import ListPage, answered, parameters

router = Router(tags=["activities"])
KEY: Final = {"parameters": [PARAMETER]}


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


@router.get(
    "",
    auth=needs(ActivityRight.SEE),
    response=responses(ListPage),
    operation_id="list_activities",
    openapi_extra=parameters(ACTIVITIES),
)
def list_activities(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Visits, calls and notes, latest first, a page at a time."""
    return answered(request, request.auth, ACTIVITIES, response, limit)


@router.get(
    "/{int:pk}", auth=needs(ActivityRight.SEE), response=responses(ActivityOut, 404), operation_id="get_activity"
)
def get_activity(request: Asked, pk: int) -> HttpResponse:
    """One activity."""
    row = questions.activities(request.auth).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return _shown(row)


@router.post(
    "",
    auth=needs(ActivityRight.LOG),
    response=responses(ActivityOut, 404, 409, status=201),
    operation_id="log_activity",
    openapi_extra=KEY,
)
def log_activity(request: Asked, sent: ActivityNew) -> HttpResponse:
    """Log a visit, a call, a message or a note."""
    return _logged(request, sent)


@once
def _logged(request: Asked, sent: ActivityNew) -> HttpResponse:
    account = visible(request.auth, sent.account)
    form = ActivityForm(request.auth, account, sent.dict(exclude={"account"}))
    if not form.is_valid():
        raise form_refused(form.errors)
    fields = {name: form.cleaned_data[name] for name in actions.FIELDS}
    return _shown(actions.log(request.auth, account, fields), 201)


def _shown(row: Activity, status: int = 200) -> HttpResponse:
    document = {
        "id": row.pk, "account": row.account.code, "way": row.way, "day": row.day, "text": row.text,
        "person": row.person_id, "pinned": row.pinned, "who": row.who.username if row.who else None,
        "version": row.version,
    }  # fmt: skip
    return answer(document, status, {"ETag": etag(row.version), "Location": f"/api/v1/activities/{row.pk}"})


ROUTERS: Final = (("/activities", router),)
