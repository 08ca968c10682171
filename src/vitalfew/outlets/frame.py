"""What stands around every page: who is signed in, the menu he may see, the languages, the state of the facts."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from vitalfew.rooms import Entry, declared
from vitalfew.warehouse import scorecards


@cache
def entries() -> tuple[Entry, ...]:
    """The whole menu, as the rooms declare it."""
    found = [entry for room in declared("menu") for entry in room.ENTRIES]
    return tuple(sorted(found, key=lambda entry: entry.place))


@cache
def quick() -> tuple[Entry, ...]:
    """What is done from anywhere in a few seconds."""
    found = [entry for room in declared("quick") for entry in room.QUICK]
    return tuple(sorted(found, key=lambda entry: entry.place))


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that the base template needs."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": []}
    shown = [entry for entry in entries() if user.may(entry.right)]
    return {
        "menu": [
            {"label": e.label, "url": reverse(e.route), "icon": e.icon, "here": _here(request, e.route)} for e in shown
        ],
        "quick": [{"label": e.label, "url": reverse(e.route), "icon": e.icon} for e in quick() if user.may(e.right)],
        "facts": SimpleLazyObject(scorecards.current),
    }


def _here(request: HttpRequest, route: str) -> bool:
    home = reverse(route)
    return request.path == home if home == "/" else request.path.startswith(home)
