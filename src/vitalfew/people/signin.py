"""Sign-in: people are made by the administrator; single sign-on lets in those who are known."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from vitalfew.people.gate import PORTAL
from vitalfew.people.models import User
from vitalfew.people.roles import Role

CLOSED: Final = ("email/", "confirm-email/", "confirm-email/<path:key>", "password/reset/", "password/reset/<path:key>")
"""Left out of what the sign-in library offers: an address is the administrator's to set, as single sign-on lets in by
it; and without a mail server a forgotten password is the administrator's to renew."""


def closed(_request: HttpRequest, **_parts: str) -> NoReturn:
    raise Http404


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Nobody makes an account for himself."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, *, redirect_url: str | None, **told: Any) -> HttpResponse:
        """Somebody of a customer's goes to the portal, whatever page of ours he tried."""
        if user.role == Role.PORTAL and not (redirect_url or "").startswith(PORTAL):
            redirect_url = PORTAL
        answer: HttpResponse = super().post_login(request, user, redirect_url=redirect_url, **told)
        return answer


class SignInForm(LoginForm):  # type: ignore[misc]  # as above
    """Somebody of a customer's may give his address in place of the user name, which tells of nobody."""

    def clean_login(self) -> str:
        given: str = super().clean_login()
        if "@" not in given or User.objects.filter(username=given).exists():
            return given
        guests = User.objects.filter(role=Role.PORTAL, is_active=True, email__iexact=given)[:2]
        return guests[0].username if len(guests) == 1 else given


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """The company's identity provider says who it is; whether he is let in is decided here, by a verified e-mail."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        verified = [address.email for address in sociallogin.email_addresses if _is_so(address.verified)]
        user = _the_one(verified)
        if user is None:
            raise ImmediateHttpResponse(render(request, "403.html", status=403))
        sociallogin.connect(request, user)

    def get_requests_session(self) -> Any:
        """A provider that is away is told as such."""
        session = super().get_requests_session()
        session.request = partial(self._asked, session.request)
        return session

    def _asked(self, ask: Callable[..., Any], *what: Any, **how: Any) -> Any:
        from requests import RequestException

        try:
            return ask(*what, **how)
        except RequestException as away:
            told = {"provider": True, "again": reverse("account_login")}
            raise ImmediateHttpResponse(render(self.request, "503.html", told, status=503)) from away


def _is_so(verified: object) -> bool:
    """As providers write it: true, some as a word; every other word is none."""
    return verified is True or str(verified).lower() == "true"


def _the_one(addresses: list[str]) -> User | None:
    """Whose addresses these are; nobody's, where two people have one of them."""
    known = {user for address in addresses for user in User.objects.filter(email__iexact=address, is_active=True)}
    return known.pop() if len(known) == 1 else None
