"""The search box: what every room finds, as far as the user may see it."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Hit, declared

SHOWN: Final = 8
"""So many of a room while somebody types."""


def hits(user: User, text: str, most: int) -> list[Hit]:
    """At most so many of each room; nothing to look for finds nothing."""
    asked = text.strip()
    return [hit for room in declared("searchable") for hit in room.found(user, asked, most)] if asked else []


@needs(Right.ACCOUNTS)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    results = hits(signed_in(request), text, SHOWN)
    return render(request, "parts/palette.html", {"results": results, "q": text.strip()})
