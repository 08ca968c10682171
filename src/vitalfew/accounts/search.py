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
    given = list(accounts)
    merged = _merged([account.pk for account in given])
    ACCOUNTS.put((account.pk, _pieces(account, merged.get(account.pk, ()))) for account in given)


def _merged(ids: list[int]) -> dict[int, list[Account]]:
    """Those that were merged into them: their names and codes find them too."""
    groups: dict[int, list[Account]] = {}
    for account in Account.everyone.exclude(merged_into=None).filter(merged_into__in=ids).order_by():
        groups.setdefault(account.merged_into_id or 0, []).append(account)
    return groups


def _pieces(account: Account, merged: Iterable[Account]) -> str:
    own = stored(account.name, account.code, account.uscc)
    return " ".join([own, *(stored(each.name, each.code, each.uscc) for each in merged)])


def forget(ids: Iterable[int]) -> None:
    """Take accounts out of the index."""
    ACCOUNTS.forget(ids)


def matching(text: str) -> RawSQL | None:
    """The ids of accounts that the text finds, as a subquery; None where there is nothing to search for."""
    return ACCOUNTS.matching(text)
