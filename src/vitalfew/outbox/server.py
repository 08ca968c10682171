"""The mail server: whether there is one, and what it refuses."""

from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage

NOWHERE: Final = "django.core.mail.backends.dummy.EmailBackend"


class NotTaken(Exception):
    """The mail server did not take it."""


def is_set_up() -> bool:
    """Whether a mail server is named."""
    backend: str = settings.EMAIL_BACKEND
    return backend != NOWHERE


def send(message: EmailMessage) -> None:
    """Refuses where the mail server does not take it."""
    try:
        message.send()
    except (SMTPException, OSError, ValueError, UnicodeError):
        raise NotTaken from None
