"""The firm's own words of a letter to one reader."""

from typing import Final

from django.conf import settings

from vitalfew.outbox import marks
from vitalfew.outbox.models import LetterWords

PARTS: Final = tuple(marks.KNOWN)


def worded(row: LetterWords | None, name: str) -> dict[str, str]:
    """Who it is from, how it begins and ends; empty where the house's own words do."""
    if row is None:
        return {}
    return {part: marks.filled(getattr(row, part), name, settings.FIRM) for part in PARTS}
