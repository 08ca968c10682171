"""Which language a person reads: the one chosen in the header, else in the profile, else Simplified Chinese."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from vitalfew.language import Language

COOKIE = settings.LANGUAGE_COOKIE_NAME
KNOWN = dict(settings.LANGUAGES)


class LanguageMiddleware(MiddlewareMixin):
    """Sets the language for the request and says so in the answer."""

    def process_request(self, request: HttpRequest) -> None:
        translation.activate(chosen(request))
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE

    def process_response(self, _request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


def chosen(request: HttpRequest) -> str:
    asked = request.COOKIES.get(COOKIE) or getattr(request.user, "language", "")
    return asked if asked in KNOWN else settings.LANGUAGE_CODE


def language() -> Language:
    """The language in which a sentence is said now."""
    code = translation.get_language() or "en"
    return "zh-hans" if code == "zh-hans" else "zh-hant" if code == "zh-hant" else "en"
