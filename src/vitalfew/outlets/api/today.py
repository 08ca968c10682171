"""/today and /search: what waits, and what is where."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema

from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import CONFLICT, Problem, form_refused, not_found
from vitalfew.language import Message, translate
from vitalfew.outlets.api.shapes import Hits, Tasks
from vitalfew.outlets.deciding import DecideForm, decided, line_of
from vitalfew.outlets.overseeing import others
from vitalfew.outlets.search import hits
from vitalfew.outlets.today import lines_for, tasks_for
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import NotPossible
from vitalfew.tasks.actions import take_back
from vitalfew.tasks.models import Decision
from vitalfew.warehouse import scorecards

router = Router()
MOST = 20


@router.get("/today", auth=needs(Right.TODAY), response=responses(Tasks, 404), operation_id="today", tags=["today"])
def today(
    request: Asked, of: Annotated[str, Query(description="For heads: somebody else's, by user name")] = ""
) -> dict[str, Any]:
    """What the figures ask for, ranked by what it may bring and how long it may wait."""
    refresh, whose = scorecards.current(), _whose(request.auth, of)
    items = [
        {
            "key": line.task.key,
            "advice": line.task.advice,
            "what": translate(line.task.what, language()),
            "why": line.task.why.say(language()),
            "effect": line.task.effect,
            "due": line.task.due,
            "url": line.task.url,
            "account": line.account.code if line.account else None,
            "name": line.account.name if line.account else None,
        }
        for line in lines_for(whose, tasks_for(whose), refresh)
    ]
    return {
        "items": items,
        "as_of": refresh.as_of if refresh else None,
        "currency": refresh.currency if refresh else None,
    }


def _whose(user: User, of: str) -> User:
    """Somebody else's Today is seen by heads of the department alone."""
    if not of:
        return user
    found = others(user).filter(username=of).first() if user.may(Right.OVERSEE) else None
    if found is None:
        raise not_found()
    return found


class Decide(Schema):
    """done, later (with until) or handed (with to, a user name, and a note)."""

    kind: Literal["done", "later", "handed"]
    until: date | None = None
    to: str = ""
    note: str = ""

    model_config = {"extra": "forbid"}


class DecidedOut(Schema):
    """What was decided of the line, and until when it stays away."""

    key: str
    kind: str
    until: date
    to: str | None


@router.post(
    "/today/{key}",
    auth=needs(Right.TODAY),
    response=responses(DecidedOut, 404, 409),
    operation_id="decide_today",
    openapi_extra={"parameters": [PARAMETER]},
    tags=["today"],
)
def decide_today(request: Asked, key: str, sent: Decide) -> HttpResponse:
    """Tick a line off, put it off or hand it to a colleague."""
    return _decided(request, key, sent)


@once
def _decided(request: Asked, key: str, sent: Decide) -> HttpResponse:
    user, task = request.auth, line_of(request.auth, key)
    if task is None:
        raise not_found()
    form = DecideForm(user, {"key": key, **sent.dict()})
    if not form.is_valid():
        raise form_refused(form.errors)
    try:
        row = decided(user, task, form.cleaned_data)
    except NotPossible as why:
        raise Problem(CONFLICT, Message(str(why))) from None
    return _told(row)


@router.post(
    "/today/{key}/again",
    auth=needs(Right.TODAY),
    response=responses(DecidedOut, 404, 409),
    operation_id="undecide_today",
    openapi_extra={"parameters": [PARAMETER]},
    tags=["today"],
)
def undecide_today(request: Asked, key: str) -> HttpResponse:
    """Take the decision back: the line waits again."""
    return _again(request, key)


@once
def _again(request: Asked, key: str) -> HttpResponse:
    row = take_back(request.auth, key)
    if row is None:
        raise not_found()
    return _told(row)


def _told(row: Decision) -> HttpResponse:
    return answer({"key": row.key, "kind": row.kind, "until": row.until, "to": row.to.username if row.to else None})


@router.get("/search", auth=needs(Right.ACCOUNTS), response=responses(Hits), operation_id="search", tags=["search"])
def search(request: Asked, q: Annotated[str, Query(max_length=100)] = "") -> dict[str, Any]:
    """Accounts and people by name, code, pinyin or initials, notes by their words, and analyses by name."""
    found = hits(request.auth, q, MOST)
    return {"items": [{"kind": hit.kind, "code": hit.code, "name": hit.name, "url": hit.url} for hit in found]}
