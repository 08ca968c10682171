"""What a person sees when something breaks: that it did, or that the database is away for a moment."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.defaults import server_error

from vitalfew.databases import is_away

AGAIN = "5"
"""After so many seconds it is worth another try."""


def failed(request: HttpRequest) -> HttpResponse:
    """The page for a failure; nothing on it asks the database."""
    failure = sys.exception()
    if failure is None or not is_away(failure):
        return server_error(request)
    with translation.override(translation.get_language_from_request(request)):
        page = render_to_string("503.html", {"again": request.get_full_path() if request.method == "GET" else "/"})
    return HttpResponse(page, status=503, headers={"Retry-After": AGAIN})
