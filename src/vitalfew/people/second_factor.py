"""The second step of signing in, with the word that people use for its code."""

from typing import Any

from allauth.mfa.base import forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _


class _Named:
    """Its field is called what people call it, and has no second word inside."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]  # type: ignore[attr-defined]  # it is mixed into forms
        code.label = _("Verification code")
        code.widget.attrs.pop("placeholder", None)


class AuthenticateForm(_Named, forms.AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """Signing in."""


class ReauthenticateForm(_Named, forms.ReauthenticateForm):  # type: ignore[misc]  # as above
    """Confirming oneself again."""


class ActivateForm(_Named, ActivateTOTPForm):  # type: ignore[misc]  # as above
    """Setting up the app."""
