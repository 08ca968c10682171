"""/today and /search: what waits, and what is where."""

from typing import Annotated, Any

from django.urls import reverse
from ninja import Query, Router

from vitalfew.accounts import questions
from vitalfew.catalogue import catalogue
from vitalfew.language import translate
from vitalfew.outlets.api.answering import responses
from vitalfew.outlets.api.gate import Asked, needs
from vitalfew.outlets.api.shapes import Hits, Tasks
from vitalfew.outlets.templatetags.figures import language
from vitalfew.outlets.today import tasks_for
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
            "what": translate(task.what, language()),
            "why": task.why.say(language()),
            "effect": task.effect,
            "due": task.due,
            "url": task.url,
            "account": task.account.code if task.account else None,
            "name": task.account.name if task.account else None,
        }
        for task in tasks_for(request.auth, refresh)
    ]
    return {
        "items": items,
        "as_of": refresh.as_of if refresh else None,
        "currency": refresh.currency if refresh else None,
    }


@router.get("/search", auth=needs(Right.ACCOUNTS), response=responses(Hits), operation_id="search", tags=["search"])
def search(request: Asked, q: Annotated[str, Query(max_length=100)] = "") -> dict[str, Any]:
    """Accounts by name, code, pinyin or initials, and analyses by name."""
    text = q.strip()
    accounts = [
        {"kind": "account", "code": each.code, "name": each.name, "url": each.get_absolute_url()}
        for each in questions.found_by(request.auth, text, MOST)
    ]
    return {"items": [*accounts, *_analyses(request, text)]}


def _analyses(request: Asked, text: str) -> list[dict[str, str]]:
    if not text or not request.auth.may(Right.INSIGHT):
        return []
    named = [(translate(each.title, language()), each.name) for each in catalogue().values()]
    return [
        {"kind": "analysis", "code": name, "name": title, "url": reverse("analysis", args=[name])}
        for title, name in named
        if text.lower() in title.lower() or text.lower() in name
    ]
