"""The search box: what every room finds, as far as the user may see it."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from vitalfew.accounts.grams import Asked, asked, stored
from vitalfew.outlets.frame import entries, quick
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Entry, Hit, declared

SHOWN: Final = 8
"""So many of a room while somebody types."""


def hits(user: User, text: str, most: int) -> list[Hit]:
    """At most so many of each room; nothing to look for finds nothing."""
    wanted = text.strip()
    return [hit for room in declared("searchable") for hit in room.found(user, wanted, most)] if wanted else []


def doors(user: User, text: str) -> list[Hit]:
    """Pages of the menu and what is done from anywhere, by their name, its pinyin or its initials, or what else they are for."""
    wanted = asked(text)
    if not wanted:
        return []
    known = [("action", entry) for entry in quick()] + [("page", entry) for entry in entries()]
    named = [(kind, entry, gettext(entry.label), _also(entry)) for kind, entry in known if user.may(entry.right)]
    return [
        Hit(kind, entry.route, name, also, reverse(entry.route))
        for kind, entry, name, also in named
        if _fits(wanted, f"{name} {also}")
    ]


def _also(entry: Entry) -> str:
    return gettext(entry.also) if entry.also else ""


def _fits(wanted: Asked, name: str) -> bool:
    pieces = set(stored(name).split())
    whole = all(piece in pieces for piece in wanted.whole)
    return whole and all(any(piece.startswith(start) for piece in pieces) for start in wanted.starts)


@needs(Right.ACCOUNTS)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    user = signed_in(request)
    results = [*doors(user, text), *hits(user, text, SHOWN)]
    return render(request, "parts/palette.html", {"results": results, "q": text.strip()})
