"""The gate: a route says which right it needs, or nobody gets in."""

from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)

OPEN_PREFIXES: Final = ("/static/", "/sign-in/", "/api/")
"""Served by parts that ask for themselves: static files, sign-in pages, and the API, which asks per operation."""

PORTAL: Final = "/portal/"
"""Where somebody of a customer's begins."""
NUL: Final = "\0"


def signed_in(request: HttpRequest) -> User:
    """Who asks: the gate lets nobody else through to a page that needs a right."""
    return cast("User", request.user)


def needs(right: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare the right a page needs."""

    def mark(page: Callable[P, R]) -> Callable[P, R]:
        page.right = right  # type: ignore[attr-defined]  # what a function is marked with
        return page

    return mark


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, which says so where a session was there and is over."""
    answer = redirect_to_login(request.get_full_path())
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        answer["Location"] += "&ended=1"
    return answer


def _refused(request: HttpRequest, right: Permission | None) -> HttpResponse:
    """Who works here is told that he may not; between us and our customers' people nothing of the other side is there."""
    portal = request.user.role == Role.PORTAL  # type: ignore[union-attr]  # signed in
    if portal and request.path == "/":
        return redirect(PORTAL)
    if portal or (right is not None and right.roles == {Role.PORTAL}):
        raise Http404
    raise PermissionDenied


class GateMiddleware(MiddlewareMixin):
    """Asks for the page's right before the page runs."""

    def process_view(
        self, request: HttpRequest, page: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        if request.path.startswith(OPEN_PREFIXES):
            return None
        right: Permission | None = getattr(page, "right", None)
        if right is Right.OPEN:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if right is None or not request.user.may(right):
            return _refused(request, right)
        if _holds_nul(request):
            raise SuspiciousOperation
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """What a signed-in person sees stays in no cache: not that of a proxy, nor of a shared machine."""
        if not request.path.startswith(OPEN_PREFIXES):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _holds_nul(request: HttpRequest) -> bool:
    """Whether some text of the request holds the one character that not every database can take."""
    texts = (text for given in (request.GET, request.POST) for name, many in given.lists() for text in (name, *many))
    return NUL in request.path or any(NUL in text for text in texts)
