"""The gate: a route says which right it needs, or nobody gets in."""

from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from vitalfew.people.models import User
from vitalfew.people.permissions import Right

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)

OPEN_PREFIXES: Final = ("/static/", "/sign-in/", "/api/")
"""Served by parts that ask for themselves: static files, sign-in pages, and the API, which asks per operation."""


def signed_in(request: HttpRequest) -> User:
    """Who came through the gate."""
    return cast("User", request.user)


def needs(right: Right) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare the right a page needs."""

    def mark(page: Callable[P, R]) -> Callable[P, R]:
        page.right = right  # type: ignore[attr-defined]
        return page

    return mark


class GateMiddleware(MiddlewareMixin):
    """Asks for the page's right before the page runs."""

    def process_view(
        self, request: HttpRequest, page: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        if request.path.startswith(OPEN_PREFIXES):
            return None
        right: Right | None = getattr(page, "right", None)
        if right is Right.OPEN:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if right is None or not request.user.may(right):
            raise PermissionDenied
        return None
