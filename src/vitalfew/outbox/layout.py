"""How a letter looks: as text, and as HTML that mail programs show without loading anything."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from vitalfew.language import Message, spoken
from vitalfew.outbox import refusing
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.words import OPTIONAL
from vitalfew.terms import gettext_noop as _

ALONE = _("The link is for its reader alone")


def address(path: str) -> str:
    """Where a page is, as seen from outside; the path alone where the house's own address is not known."""
    return f"{settings.ADDRESS}{path}" if path.startswith("/") else path


def is_for_its_reader(url: str) -> bool:
    """Whether it opens the house as who was written: an invitation, a survey, a complaint, a page of wishes."""
    return url.startswith("/") or bool(settings.ADDRESS and url.startswith(settings.ADDRESS))


def text(row: OutgoingMail) -> str:
    return _written(row, row.url and address(row.url), address(wishes(row)))


def text_for_us(row: OutgoingMail) -> str:
    """As people of ours may read it: without the links that are its reader's alone."""
    alone = translation.gettext(ALONE)
    return _written(row, alone if is_for_its_reader(row.url) else row.url, alone)


def _written(row: OutgoingMail, link: str, refusal: str) -> str:
    said = [_greeted(row), *row.paragraphs, link and f"{row.button}\n{link}", row.closing, _end(row, refusal)]
    return "\n\n".join(each for each in said if each)


def html(row: OutgoingMail) -> str:
    optional = row.kind in OPTIONAL
    around = {
        "letter": row, "greeting": _greeted(row), "link": address(row.url) if row.url else "",
        "refusal": address(wishes(row)) if optional else "",
    }  # fmt: skip
    with translation.override(row.language):
        return render_to_string("outbox/letter_mail.html", around)


def _greeted(row: OutgoingMail) -> str:
    if row.opening:
        return row.opening
    return Message(_("Dear {name},"), {"name": row.name}).say(spoken(row.language)) if row.name else ""


def _end(row: OutgoingMail, refusal: str) -> str:
    """How its reader gets no more of it, where that is his to say."""
    if row.kind not in OPTIONAL:
        return ""
    return Message(_("Choose which mail you want from us: {url}"), {"url": refusal}).say(spoken(row.language))


def wishes(row: OutgoingMail) -> str:
    """The page on which its reader says what he wants."""
    return reverse("letter-wishes", args=[refusing.key(row.address)])


def one_click(row: OutgoingMail) -> str:
    """Where a mail program posts that its reader wants no more of it (RFC 8058)."""
    return address(reverse("letter-unwanted", args=[refusing.key(row.address), row.kind]))
