"""What a person sees when something breaks: that it did, or that the database or the facts are away for a moment."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.defaults import server_error

from vitalfew.databases import is_away
from vitalfew.warehouse.storage import Unreachable

AGAIN = "5"
"""After so many seconds it is worth another try."""


def failed(request: HttpRequest) -> HttpResponse:
    """The page for a failure; nothing on it asks the database."""
    failure = sys.exception()
    facts = isinstance(failure, Unreachable)
    if failure is None or not (facts or is_away(failure)):
        return server_error(request)
    again = request.get_full_path() if request.method == "GET" else "/"
    with translation.override(translation.get_language_from_request(request)):
        page = render_to_string("503.html", {"facts": facts, "again": again})
    return HttpResponse(page, status=503, headers={"Retry-After": AGAIN})
