"""Errors as RFC 9457 problem details: what is wrong, in words, and nothing of how the server is built."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpResponse

from vitalfew.databases import is_away
from vitalfew.language import Message, translate
from vitalfew.people.language import language
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.storage import Unreachable

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its status and its title."""

    name: str
    status: int
    title: str


MALFORMED = Kind("malformed", 400, _("The request can't be read"))
NOT_SIGNED_IN = Kind("not-signed-in", 401, _("Not signed in"))
FORBIDDEN = Kind("forbidden", 403, _("Not allowed"))
NOT_FOUND = Kind("not-found", 404, _("Not found"))
METHOD = Kind("method-not-allowed", 405, _("This can't be done here"))
CONFLICT = Kind("conflict", 409, _("Not possible in this state"))
CHANGED = Kind("changed-meanwhile", 412, _("Changed meanwhile"))
TOO_LARGE = Kind("too-large", 413, _("Too large"))
UNSUPPORTED = Kind("unsupported-type", 415, _("This kind of content is not taken"))
NOT_ACCEPTED = Kind("not-accepted", 422, _("Not accepted"))
NO_ANSWER = Kind("no-answer", 422, _("These data don't answer the question"))
KEY_USED = Kind("key-used-otherwise", 422, _("This key was used for another request"))
VERSION_NEEDED = Kind("version-needed", 428, _("Say which version you change"))
AWAY = Kind("away", 503, _("Back in a moment"))
NO_ROOM = Kind("no-room", 507, _("No room to keep it"))
FAILED = Kind("failed", 500, _("Something went wrong here"))

KINDS: Final = (
    MALFORMED, NOT_SIGNED_IN, FORBIDDEN, NOT_FOUND, METHOD, CONFLICT, CHANGED, TOO_LARGE, UNSUPPORTED, NOT_ACCEPTED,
    NO_ANSWER, KEY_USED, VERSION_NEEDED, AWAY, NO_ROOM, FAILED,
)  # fmt: skip


@dataclass
class Problem(Exception):
    """A refusal on its way to the caller. ``errors`` are [{"field", "detail"}] of what was sent."""

    kind: Kind
    detail: Message
    errors: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> HttpResponse:
        body: dict[str, Any] = {
            "type": f"/api/v1/docs#{self.kind.name}",
            "title": translate(self.kind.title, language()),
            "status": self.kind.status,
            "detail": self.detail.say(language()),
        }
        if self.errors:
            body["errors"] = list(self.errors)
        text = json.dumps(body, ensure_ascii=False, allow_nan=False)
        return HttpResponse(text, status=self.kind.status, content_type=MEDIA_TYPE, headers=dict(self.headers))


def not_found() -> Problem:
    """The same words whether there is no such record or it isn't the caller's to see."""
    return Problem(NOT_FOUND, Message(_("There is no such record")))


def forbidden() -> Problem:
    return Problem(FORBIDDEN, Message(_("Your role doesn't have the right for this")))


def not_signed_in() -> Problem:
    detail = Message(_("Send a valid token as 'Authorization: Bearer …', or sign in"))
    return Problem(NOT_SIGNED_IN, detail, headers={"WWW-Authenticate": 'Bearer realm="vitalfew"'})


def away(failure: BaseException) -> Problem | None:
    """Where the database or the facts cannot be reached."""
    if isinstance(failure, Unreachable):
        text = _("The store of the facts does not answer just now. Ask again in a few seconds")
    elif is_away(failure):
        text = _(
            "The database does not answer just now. Ask again in a few seconds; what has an Idempotency-Key is done once"
        )
    else:
        return None
    return Problem(AWAY, Message(text), headers={"Retry-After": "5"})


def not_accepted(where: str, detail: Message) -> Problem:
    """One field that can't be taken as it was sent."""
    return Problem(NOT_ACCEPTED, detail, [{"field": where, "detail": detail.say(language())}])


def only_known(asked: Mapping[str, str], words: Mapping[str, Sequence[str]]) -> None:
    """A filter by a word that there is not would find everything, or nothing: it is refused with those that there are."""
    for name, known in words.items():
        if asked.get(name) and asked[name] not in known:
            raise not_accepted(name, Message(_("Known are: {known}"), {"known": ", ".join(known)}))


def form_refused(errors: Mapping[str, Sequence[Any]]) -> Problem:
    """What a form does not take, field by field."""
    told = [{"field": name, "detail": str(text)} for name, texts in errors.items() for text in texts]
    return Problem(NOT_ACCEPTED, Message(_("Some of what was sent can't be taken")), told)


_WRONG: Final[Mapping[str, str]] = {
    "missing": _("This is missing"),
    "extra_forbidden": _("There is no such field"),
    "int_parsing": _("A whole number is expected"),
    "int_type": _("A whole number is expected"),
    "string_type": _("A text is expected"),
    "string_too_long": _("This is too long"),
    "string_too_short": _("This is too short"),
    "date_from_datetime_parsing": _("A date such as 2025-12-31 is expected"),
    "date_parsing": _("A date such as 2025-12-31 is expected"),
    "greater_than_equal": _("This is too small"),
    "less_than_equal": _("This is too large"),
}


def invalid(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """What the check of parameters and bodies found, field by field."""
    told = [
        {
            "field": _place(each["loc"]),
            "detail": translate(_WRONG.get(each["type"], _("This is not accepted")), language()),
        }
        for each in errors
    ]
    return Problem(NOT_ACCEPTED, Message(_("Some of what was sent can't be taken")), told)


def _place(parts: Sequence[Any]) -> str:
    """Where it stood: the parameter, or the field of the body."""
    inner = parts[2:] if parts[0] == "body" else parts[1:]
    return ".".join(str(part) for part in inner) or str(parts[0])
