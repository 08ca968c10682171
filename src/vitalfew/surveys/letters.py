"""What somebody is written who is asked: the usual words in his language, or those of the survey; told by the outbox."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vitalfew.outbox import server
from vitalfew.outbox.refusing import wants
from vitalfew.outbox.words import Kind
from vitalfew.outbox.writing import Letter, write
from vitalfew.people.language import KNOWN
from vitalfew.people.models import User
from vitalfew.surveys.link import address_of
from vitalfew.surveys.models import Respondent, Wave
from vitalfew.surveys.standard import LANGUAGES

MARK: Final = "{name}"
"""Stands for the reader's name in a survey's own words."""


@dataclass(frozen=True)
class Words:
    """A letter in one language, and whether its words are the survey's own."""

    language: str
    subject: str
    paragraphs: tuple[str, ...]
    own: bool = False


def language_of(row: Respondent) -> str:
    return row.language if row.language in KNOWN else settings.LANGUAGE_CODE


def usual(wave: Wave, language: str, *, again: bool = False) -> Words:
    with translation.override(language):
        subject = _("A few questions from %(sender)s") % {"sender": wave.sender}
        about = {"sender": wave.sender, "purpose": wave.purpose, "day": date_format(wave.closes, "DATE_FORMAT")}
        said = [
            _("%(sender)s asks for your opinion: %(purpose)s.") % about,
            _("You can answer until %(day)s, on your phone too; you may stop and go on later.") % about,
            _("What you say is counted without your name.") if wave.anonymous
            else _("The people who look after your firm will read what you say, with your name."),
        ]  # fmt: skip
        if again:
            subject = _("A reminder: %(subject)s") % {"subject": subject}
        return Words(language, subject, tuple(said))


def words_of(wave: Wave, language: str, name: str = "", *, again: bool = False) -> Words:
    """The survey's own words where they are written, else the usual ones."""
    plain, own = usual(wave, language, again=again), wave.letters.get(language) or {}
    subject = own.get("subject") or plain.subject
    if not own.get("text"):
        return Words(language, subject, plain.paragraphs, own=bool(own))
    lines = (line.strip() for line in own["text"].replace(MARK, name).splitlines())
    return Words(language, subject, tuple(line for line in lines if line), own=True)


def previews(wave: Wave) -> list[Words]:
    return [words_of(wave, each) for each in LANGUAGES]


def send_to(row: Respondent, by: User | str, *, again: bool = False) -> bool:
    """Whether it goes out: not to who has no address, or wants no such mail, and not without a mail server."""
    if not row.email or not wants(row.email, Kind.SURVEY) or not server.is_set_up():
        return False
    language = language_of(row)
    said = words_of(row.wave, language, row.name, again=again)
    with translation.override(language):
        button: Any = _("Fill it in")
    write(
        Letter(
            kind=Kind.SURVEY, account=row.account, person=row.post.person if row.post else None, address=row.email,
            name=row.name, language=language, subject=said.subject, paragraphs=said.paragraphs, button=str(button),
            url=address_of(row), about=row.subject,
        ),
        by=by,
    )  # fmt: skip
    return True
