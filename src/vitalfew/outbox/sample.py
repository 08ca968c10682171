"""A letter that nobody gets: how the firm's own words look around what a room writes."""

from typing import Final

from vitalfew.language import Language, spoken, translate
from vitalfew.outbox.models import LetterWords, OutgoingMail
from vitalfew.outbox.wording import worded
from vitalfew.terms import gettext_noop as _

READERS: Final[dict[Language, str]] = {"zh-hans": "张伟", "zh-hant": "張偉", "en": "Zhang Wei"}
TITLE: Final = _("What the letter is about")
TEXT: Final = _("Here stands what the letter tells its reader.")


def letter(row: LetterWords) -> OutgoingMail:
    """Not kept anywhere."""
    language = spoken(row.language)
    name = READERS[language]
    return OutgoingMail(
        kind=row.kind, language=row.language, name=name, address="reader@example.com", title=translate(TITLE, language),
        paragraphs=[translate(TEXT, language)], **worded(row, name),
    )  # fmt: skip
