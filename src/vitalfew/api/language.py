"""The language an answer is written in: the one the request accepts, else the caller's own."""

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from vitalfew.people.language import KNOWN
from vitalfew.people.models import User


def accepted(header: str) -> str | None:
    """The first language of an Accept-Language header that is spoken here."""
    for code, _quality in parse_accept_lang_header(header):
        try:
            found = translation.get_supported_language_variant(code)
        except LookupError:
            continue
        if found in KNOWN:
            return found
    return None


def speak(request: HttpRequest) -> None:
    """Answer in the language the request accepts; without one, the browser's or the user's choice stays."""
    if found := accepted(request.headers.get("Accept-Language", "")):
        translation.activate(found)


def speak_to(request: HttpRequest, user: User) -> None:
    """A caller with a token has no browser that chose a language for him."""
    if user.language in KNOWN and not accepted(request.headers.get("Accept-Language", "")):
        translation.activate(user.language)
