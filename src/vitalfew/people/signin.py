"""Sign-in: people are made by the administrator; single sign-on lets in those who are known."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from vitalfew.people.models import User


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
        user = User.objects.filter(email__in=verified, is_active=True).first() if verified else None
        if user is None:
            raise ImmediateHttpResponse(render(request, "403.html", status=403))
        sociallogin.connect(request, user)
