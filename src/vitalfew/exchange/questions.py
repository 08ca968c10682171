"""What pages, API and Today ask about the exchange of data. Every answer starts from what the user may see."""

from typing import Any

from django.db.models import Q, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.exchange.models import DataExchange, DataFile, DataRow
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS


def exchanges(user: User) -> QuerySet[DataExchange]:
    return DataExchange.objects.visible_to(user).select_related("account", "account__manager", "person", "owner")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose account is called so."""
    return rows.filter(Q(account__name__icontains=text) | Q(account__code__iexact=text))


def of_account(user: User, account: Account) -> DataExchange | None:
    return exchanges(user).filter(account=account).first()


def files(user: User) -> QuerySet[DataFile]:
    return DataFile.objects.visible_to(user).select_related("account")


def found_files(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(account__name__icontains=text) | Q(account__code__iexact=text)
    return rows.filter(named | Q(name__icontains=text) | Q(sha256=text))


def told(user: User) -> QuerySet[DataRow]:
    """What accounts told, as it counts now."""
    return DataRow.objects.visible_to(user).filter(current=True).select_related("account", "file")


def found_told(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(account__name__icontains=text) | Q(account__code__iexact=text)
    return rows.filter(named | Q(product__icontains=text) | Q(place__icontains=text))


def may_change(user: User, row: DataExchange) -> bool:
    """Who agreed on it or sees to it, who manages the account, and heads of the department."""
    if not user.may(ExchangeRight.AGREE):
        return False
    near = user.pk in {row.owner_id, row.account.manager_id} or user.username == row.made_by
    return near or user.role in HEADS
