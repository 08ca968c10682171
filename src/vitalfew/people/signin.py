"""Sign-in: people are made by the administrator; single sign-on lets in those who are known."""

from typing import Any, Final, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import Http404, HttpRequest
from django.shortcuts import render

from vitalfew.people.models import User

CLOSED: Final = ("email/", "confirm-email/", "confirm-email/<path:key>", "password/reset/", "password/reset/<path:key>")
"""Left out of what the sign-in library offers: an address is the administrator's to set, as single sign-on lets in by
it; and without a mail server a forgotten password is the administrator's to renew."""


def closed(_request: HttpRequest, **_parts: str) -> NoReturn:
    raise Http404


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account for himself."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The company's identity provider says who it is; whether he is let in is decided here, by a verified e-mail."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        user = _the_one(verified)
        if user is None:
            raise ImmediateHttpResponse(render(request, "403.html", status=403))
        sociallogin.connect(request, user)


def _the_one(addresses: list[str]) -> User | None:
    """Whose addresses these are; nobody's, where two people have one of them."""
    known = {user for address in addresses for user in User.objects.filter(email__iexact=address, is_active=True)}
    return known.pop() if len(known) == 1 else None
