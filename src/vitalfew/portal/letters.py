"""The invitation as a letter: written by the house's letters to customers, in the language its reader speaks."""

from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from vitalfew.people.models import User
from vitalfew.portal.invitations import key_of
from vitalfew.portal.models import Access, Invitation

OUTBOX: Final = "vitalfew.outbox"


def address(made: Invitation) -> str:
    """The link, whole where the house knows by which address it is reached."""
    return f"{settings.ADDRESS}{reverse('portal-welcome', args=[key_of(made)])}"


def send(user: User, row: Access, made: Invitation) -> None:
    """To the visitor's address; without one the link is handed over by whoever invited."""
    if row.user is None or not row.user.email or not settings.ADDRESS or find_spec(OUTBOX) is None:
        return
    writing, words = import_module(f"{OUTBOX}.writing"), import_module(f"{OUTBOX}.words")
    language = row.user.language or settings.LANGUAGE_CODE
    with translation.override(language):
        letter = writing.Letter(
            kind=words.Kind.INVITATION, account=row.account, person=row.person, address=row.user.email,
            name=row.user.name, language=language, subject=_("Your access to our customer portal"), paragraphs=paragraphs(made),
            button=_("Choose a password"), url=address(made), about=f"access:{row.pk}",
        )  # fmt: skip
    writing.write(letter, by=user.username)


def paragraphs(made: Invitation) -> tuple[str, ...]:
    return (
        _(
            "In our customer portal you see your orders with the days we promised, what we promised you, and what is agreed."
        ),
        _("Your user name: {name}. Choose a password by the link; it can be used once, until {day}.").format(
            name=made.user.username, day=made.until.date().isoformat()
        ),
    )
