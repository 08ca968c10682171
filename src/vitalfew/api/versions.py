"""Versions of records: ETag with every answer, If-None-Match to save one, If-Match so that no change is lost."""

import hashlib
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags

from vitalfew.api.problems import CHANGED, VERSION_NEEDED, Problem
from vitalfew.language import Message
from vitalfew.terms import gettext_noop as _

MATCH: Final[dict[str, Any]] = {
    "parameters": [
        {"in": "header", "name": "If-Match", "required": True, "schema": {"type": "string"},
         "description": "The ETag of the record that is changed"},
    ]
}  # fmt: skip
"""What an operation that changes a record says of itself."""


def etag(version: object) -> str:
    return f'"{version}"'


def require_match(request: HttpRequest, current: str) -> None:
    """A change names the version it was made from: without one 428, with an old one 412."""
    header = request.headers.get("If-Match", "")
    if not header.strip() or header.strip() == "*":
        raise Problem(VERSION_NEEDED, Message(_("Send the record's ETag as If-Match")))
    check_match(request, current)


def check_match(request: HttpRequest, current: str) -> None:
    """As far as a version is named, it must be the current one."""
    header = request.headers.get("If-Match", "")
    if header.strip() not in {"", "*"} and current not in parse_etags(header):
        raise changed(current)


def changed(current: str) -> Problem:
    detail = Message(_("Somebody saved this record meanwhile: read it again, then change it"))
    return Problem(CHANGED, detail, headers={"ETag": current})


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its ETag, or 304 where the caller has it already."""
    if not response.has_header("ETag"):
        response.headers["ETag"] = etag(hashlib.sha256(response.content).hexdigest()[:32])
    without_match = "If-Match" in request.headers
    if without_match:
        return response
    return get_conditional_response(request, response.headers["ETag"], None, response) or response
