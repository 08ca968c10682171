"""The invitation as a letter, in the language its reader speaks."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vitalfew.outbox.words import Kind
from vitalfew.outbox.writing import Letter, write
from vitalfew.people.models import User
from vitalfew.portal.invitations import key_of
from vitalfew.portal.models import Access, Invitation


def address(made: Invitation) -> str:
    """The link, whole where the house knows by which address it is reached."""
    return f"{settings.ADDRESS}{path(made)}"


def path(made: Invitation) -> str:
    return reverse("portal-welcome", args=[key_of(made)])


def send(user: User, row: Access, made: Invitation) -> None:
    """To the visitor's address; without one the link is handed over by whoever invited."""
    if not made.user.email:
        return
    language = made.user.language or settings.LANGUAGE_CODE
    with translation.override(language):
        letter = Letter(
            kind=Kind.INVITATION, account=row.account, person=row.person, address=made.user.email, name=made.user.name,
            language=language, subject=_("Your access to our customer portal"), paragraphs=_paragraphs(made),
            button=_("Choose a password"), url=path(made), about=row.subject,
        )  # fmt: skip
    write(letter, by=user)


def _paragraphs(made: Invitation) -> tuple[str, ...]:
    return (
        _(
            "In our customer portal you see your orders with the days we promised, what we promised you, and what is agreed."
        ),
        _("Your user name: {name}. Choose a password by the link; it can be used once, until {day}.").format(
            name=made.user.username, day=date_format(timezone.localtime(made.until), "DATE_FORMAT")
        ),
    )
