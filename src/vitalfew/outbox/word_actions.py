"""How letters of a kind begin and end in a language: set by heads, put away where the house's own words shall do again."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from vitalfew.language import Message, Names, spoken
from vitalfew.outbox import marks
from vitalfew.outbox.models import LetterWords
from vitalfew.outbox.rights import OutboxRight
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

FIELDS: Final = tuple(marks.KNOWN)
KEYS: Final = ("kind", "language")
THERE: Final = _("For this kind and language there are words already: change those")
EMPTY: Final = _("Write at least one of them: how it begins, how it ends, or who it is from")
UNNAMED: Final = _("Nobody has set VITALFEW_FIRM, so {firm} stands for nothing: write the firm's name instead")


@transaction.atomic
def write(user: User, kind: str, language: str, fields: Mapping[str, Any]) -> LetterWords:
    user.must(OutboxRight.WORD)
    if LetterWords.objects.filter(kind=kind, language=language, put_away_at=None).exists():
        raise NotPossible(THERE)
    _must_say(fields)
    return records.make(user, LetterWords(kind=kind, language=language, **fields))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> LetterWords:
    """From now on; letters that were written keep their words."""
    user.must(OutboxRight.WORD)
    _must_say(fields)
    return records.change(user, LetterWords.objects.visible_to(user), pk, version, fields)


def put_away(user: User, pk: int) -> LetterWords:
    """The house's own words again."""
    user.must(OutboxRight.WORD)
    return records.put_away(user, LetterWords.objects.within_reach_of(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> LetterWords:
    user.must(OutboxRight.WORD)
    row = LetterWords.objects.within_reach_of(user).get(pk=pk)
    others = LetterWords.objects.filter(kind=row.kind, language=row.language, put_away_at=None).exclude(pk=pk)
    if others.exists():
        raise NotPossible(THERE)
    return records.fetch_back(user, LetterWords.objects.within_reach_of(user), pk)


def fault(part: str, text: str) -> Message | None:
    """Why words cannot be used there: a mark in them stands for nothing."""
    if found := marks.unknown(part, text):
        return Message(_("What stands here for nothing: {marks}"), {"marks": Names(found)})
    return Message(UNNAMED, {"firm": marks.FIRM}) if marks.FIRM in text and not settings.FIRM else None


def _must_say(fields: Mapping[str, Any]) -> None:
    if not any(fields.get(name) for name in FIELDS):
        raise NotPossible(EMPTY)
    for name in FIELDS:
        if why := fault(name, fields.get(name, "")):
            raise NotPossible(why.say(spoken(get_language() or "")))
