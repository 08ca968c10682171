"""What pages and rooms ask about letters. Every answer starts from what the user may see."""

from typing import Any

from django.db.models import Q, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.outbox.models import LetterQuerySet, LetterWords, OutgoingMail, WordsQuerySet
from vitalfew.outbox.refusing import wants
from vitalfew.people.models import User

__all__ = ["about", "found", "letters", "of_account", "own_words", "wants", "words"]
SHOWN = 100


def letters(user: User) -> LetterQuerySet:
    return OutgoingMail.objects.visible_to(user).select_related("account", "person")


def words(user: User) -> WordsQuerySet:
    return LetterWords.objects.visible_to(user)


def own_words(kind: str, language: str) -> LetterWords | None:
    """The firm's own of a kind in a language."""
    return LetterWords.objects.filter(kind=kind, language=language, put_away_at=None).first()


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose subject, reader or address holds the text."""
    return rows.filter(Q(title__icontains=text) | Q(name__icontains=text) | Q(address__icontains=text))


def about(user: User, subject: str) -> list[OutgoingMail]:
    """All that was written about a record, first to last."""
    return list(letters(user).filter(about=subject).order_by("pk"))


def of_account(user: User, account: Account) -> list[OutgoingMail]:
    return list(letters(user).filter(account=account)[:SHOWN])
