"""Who asks, and whether he may: every operation declares the right it needs with ``auth=needs(...)``."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from vitalfew.api.language import speak_to
from vitalfew.api.problems import FORBIDDEN, Problem, forbidden, not_found, not_signed_in
from vitalfew.language import Message
from vitalfew.people.actions import bearer
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _

UNCHECKED: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Asked(HttpRequest):
    """A request whose caller is known and has the right."""

    auth: User


class Token(HttpBearer):
    """A bearer token: ``Authorization: Bearer vf_…``."""

    def __init__(self, right: Permission) -> None:
        self.right = right
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> User:
        user = bearer(token)
        if user is None:
            raise not_signed_in()
        request.user = user
        speak_to(request, user)
        return _permitted(user, self.right)


class Session(APIKeyCookie):
    """The session of a signed-in browser; changes need its CSRF token too."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, right: Permission) -> None:
        self.right = right
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, _key: str | None) -> User:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            raise not_signed_in()
        if request.method not in UNCHECKED and check_csrf(request):
            raise Problem(FORBIDDEN, Message(_("The CSRF token is missing or wrong: send it as X-CSRFToken")))
        return _permitted(user, self.right)


def _permitted(user: User, right: Permission) -> User:
    if not user.may(right):
        raise not_found() if user.role == Role.PORTAL else forbidden()
    return user


def needs(right: Permission) -> list[Token | Session]:
    """The right an operation needs, asked before anything of the request is read."""
    return [Token(right), Session(right)]
