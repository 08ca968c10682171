"""The search index over accounts; see ``accounts/pieces`` for how an index is made of pieces."""

from collections.abc import Iterable
from typing import Final

from django.db.models.expressions import RawSQL

from vitalfew.accounts.grams import stored
from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index

ACCOUNTS: Final = Index("accounts_search")


def index(accounts: Iterable[Account]) -> None:
    """Put accounts into the index, replacing what it had of them."""
    ACCOUNTS.put((account.pk, stored(account.name, account.code, account.uscc)) for account in accounts)


def forget(ids: Iterable[int]) -> None:
    """Take accounts out of the index."""
    ACCOUNTS.forget(ids)


def matching(text: str) -> RawSQL | None:
    """The ids of accounts that the text finds, as a subquery; None where there is nothing to search for."""
    return ACCOUNTS.matching(text)
