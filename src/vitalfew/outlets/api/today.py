"""/today and /search: what waits, and what is where."""

from typing import Annotated, Any

from ninja import Query, Router

from vitalfew.api.answering import responses
from vitalfew.api.gate import Asked, needs
from vitalfew.language import translate
from vitalfew.outlets.api.shapes import Hits, Tasks
from vitalfew.outlets.search import hits
from vitalfew.outlets.today import lines_for
from vitalfew.people.language import language
from vitalfew.people.permissions import Right
from vitalfew.warehouse import scorecards

router = Router()
MOST = 20


@router.get("/today", auth=needs(Right.TODAY), response=responses(Tasks), operation_id="today", tags=["today"])
def today(request: Asked) -> dict[str, Any]:
    """What the figures ask for, ranked by what it may bring and how long it may wait."""
    refresh = scorecards.current()
    items = [
        {
            "what": translate(line.task.what, language()),
            "why": line.task.why.say(language()),
            "effect": line.task.effect,
            "due": line.task.due,
            "url": line.task.url,
            "account": line.account.code if line.account else None,
            "name": line.account.name if line.account else None,
        }
        for line in lines_for(request.auth, refresh)
    ]
    return {
        "items": items,
        "as_of": refresh.as_of if refresh else None,
        "currency": refresh.currency if refresh else None,
    }


@router.get("/search", auth=needs(Right.ACCOUNTS), response=responses(Hits), operation_id="search", tags=["search"])
def search(request: Asked, q: Annotated[str, Query(max_length=100)] = "") -> dict[str, Any]:
    """Accounts and people by name, code, pinyin or initials, notes by their words, and analyses by name."""
    found = hits(request.auth, q, MOST)
    return {"items": [{"kind": hit.kind, "code": hit.code, "name": hit.name, "url": hit.url} for hit in found]}
