"""The API: its operations, and around each the language, the limits and the problems in one form."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import URLPattern, URLResolver, path
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from vitalfew.api import description
from vitalfew.api.answering import Plain
from vitalfew.api.language import speak
from vitalfew.api.problems import (
    FAILED,
    MALFORMED,
    METHOD,
    TOO_LARGE,
    Problem,
    away,
    forbidden,
    invalid,
    not_found,
    not_signed_in,
)
from vitalfew.api.versions import conditional
from vitalfew.language import Message
from vitalfew.rooms import declared
from vitalfew.terms import gettext_noop as _

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]
LARGEST: Final = 2 * 1024**3
METHOD_NOT_ALLOWED: Final = 405
UNREADABLE: Final = Message(_("The request holds more parts than any needs, or one that can't be read"))


class Api(NinjaAPI):
    """The API with its frame around every view, its own documentation page, and one 404 for what isn't there."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        found = super()._get_urls()
        for each in found:
            if isinstance(each, URLPattern):
                each.callback = framed(each.callback)
        ours = [
            path("openapi.json", framed(description.document), name="openapi"),
            path("docs", framed(description.page), name="docs"),
        ]
        return [*ours, *found, path("<path:rest>", framed(_nothing), name="nothing")]


def framed(view: View) -> View:
    """The view in the language asked for, its refusals as problems, its answers with their version."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        speak(request)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        try:
            _bounded(request)
            response = _finished(request, view(request, *args, **kwargs))
        except Problem as problem:
            response = problem.response()
        except SuspiciousOperation:
            response = Problem(MALFORMED, UNREADABLE).response()
        except Http404:
            response = not_found().response()
        except (Error, OSError) as failure:
            told = away(failure)
            if told is None:
                raise
            response = told.response()
        patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if head and isinstance(response, HttpResponse):
            response.headers["Content-Length"], response.content = str(len(response.content)), b""
        return response

    return answered


def _bounded(request: HttpRequest) -> None:
    if "\0" in request.path or any("\0" in text for texts in request.GET.lists() for text in (texts[0], *texts[1])):
        raise Problem(MALFORMED, UNREADABLE)
    told = str(request.META.get("CONTENT_LENGTH") or "")
    if told.isdecimal() and int(told) > LARGEST:
        raise _too_large()


def _too_large() -> Problem:
    return Problem(TOO_LARGE, Message(_("Files up to 2 GB are taken, other requests up to 5 MB")))


def _finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code == METHOD_NOT_ALLOWED:
        allow = response.headers.get("Allow", "")
        raise Problem(METHOD, Message(_("Possible are: {known}"), {"known": allow}), headers={"Allow": allow})
    ok = request.method == "GET" and response.status_code == 200  # noqa: PLR2004  (OK)
    return conditional(request, response) if ok and isinstance(response, HttpResponse) else response


def _nothing(_request: HttpRequest, rest: str) -> HttpResponseBase:
    raise Http404(rest)


api = Api(
    title="vitalfew",
    version="1",
    description=description.ABOUT,
    openapi_url=None,
    docs_url=None,
    renderer=Plain(),
    urls_namespace="api",
)
for _room in declared("api"):
    for _prefix, _router in _room.ROUTERS:
        api.add_router(_prefix, _router)


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response()


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return not_found().response()


@api.exception_handler(PermissionDenied)
def _not_allowed(_request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return forbidden().response()


@api.exception_handler(AuthenticationError)
def _unknown_caller(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return not_signed_in().response()


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return invalid(error.errors).response()


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, _error: HttpError) -> HttpResponse:
    return Problem(MALFORMED, Message(_("The body is no valid JSON"))).response()


@api.exception_handler(RequestDataTooBig)
def _too_big(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return _too_large().response()


@api.exception_handler(MultiPartParserError)
def _torn(_request: HttpRequest, _error: MultiPartParserError) -> HttpResponse:
    return Problem(MALFORMED, Message(_("The parts of the body can't be told apart"))).response()


@api.exception_handler(SuspiciousOperation)
def _suspicious(_request: HttpRequest, _error: SuspiciousOperation) -> HttpResponse:
    return Problem(MALFORMED, UNREADABLE).response()


@api.exception_handler(UnreadablePostError)
def _cut_off(_request: HttpRequest, _error: UnreadablePostError) -> HttpResponse:
    return Problem(MALFORMED, Message(_("The body ended before its time"))).response()


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """What nobody foresaw: told in full to the log, to the caller only that it happened."""
    told = away(error)
    if told is not None:
        return told.response()
    logger.error("%s %s", request.method, request.path, exc_info=error)
    return Problem(FAILED, Message(_("It was written to the server's log"))).response()
