"""What pages, API and Today ask about the exchange of data. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from vitalfew.accounts.models import Account
from vitalfew.exchange.models import DataDoubt, DataEffect, DataExchange, DataFile, DataGiven, DataRow, OwnCode
from vitalfew.exchange.models.doubts import UNSETTLED
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.words import Settled
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS

GIVEN: Final = 20


def exchanges(user: User) -> QuerySet[DataExchange]:
    return DataExchange.objects.visible_to(user).select_related("account", "account__manager", "person", "owner")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose account is called so."""
    return rows.filter(Q(account__name__icontains=text) | Q(account__code__iexact=text))


def of_account(user: User, account: Account) -> DataExchange | None:
    return exchanges(user).filter(account=account).first()


def files(user: User) -> QuerySet[DataFile]:
    return with_sender(DataFile.objects.visible_to(user).select_related("account"))


def with_sender(rows: QuerySet[Any]) -> QuerySet[Any]:
    """``sender``: who it was by name, where it is somebody of the house's or portal's users."""
    name = User.objects.filter(username=OuterRef("who")).values("name")[:1]
    found: QuerySet[Any] = rows.annotate(sender=Coalesce(NullIf(Subquery(name), Value("")), "who"))
    return found


def found_files(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(account__name__icontains=text) | Q(account__code__iexact=text)
    return rows.filter(named | Q(name__icontains=text) | Q(sha256=text))


def told(user: User) -> QuerySet[DataRow]:
    """What accounts told, as it counts now."""
    found: QuerySet[DataRow] = DataRow.objects.visible_to(user).filter(current=True).select_related("account", "file")
    return found


def found_told(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(account__name__icontains=text) | Q(account__code__iexact=text)
    return rows.filter(named | Q(product__icontains=text) | Q(place__icontains=text))


def given(user: User, account: Account) -> list[DataGiven]:
    """What left the house lately."""
    return list(with_sender(DataGiven.objects.visible_to(user).filter(account=account))[:GIVEN])


def effects(user: User) -> QuerySet[DataEffect]:
    """What each exchange changed, as far as it can be told."""
    found: QuerySet[DataEffect] = DataEffect.objects.visible_to(user).select_related("account")
    return found


def doubts(user: User) -> QuerySet[DataDoubt]:
    """``letter``: whether what was written to the account about it went out."""
    of = Concat(Value("datadoubt:"), Cast(OuterRef("pk"), TextField()))
    letter = OutgoingMail.objects.filter(about=of).order_by("-pk").values("state")[:1]
    found: QuerySet[DataDoubt] = DataDoubt.objects.visible_to(user).select_related("account")
    return found.annotate(letter=Subquery(letter))


def found_doubts(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(account__name__icontains=text) | Q(account__code__iexact=text)
    return rows.filter(named | Q(product__icontains=text) | Q(place__icontains=text))


def doubts_of(row: DataDoubt) -> str:
    """Where the open ones of its account stand."""
    return f"{reverse('exchange-doubts')}?{urlencode({'q': row.account.code})}"


def own_codes(user: User) -> QuerySet[OwnCode]:
    """What accounts call our products."""
    found: QuerySet[OwnCode] = OwnCode.objects.visible_to(user).select_related("account")
    return found


def found_codes(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(account__name__icontains=text) | Q(account__code__iexact=text)
    return rows.filter(named | Q(code__icontains=text) | Q(product__icontains=text))


def letter_of(row: DataDoubt) -> OutgoingMail | None:
    """What was written to the account about it; the letter's state tells whether it went out."""
    return OutgoingMail.objects.filter(about=row.subject).order_by("pk").last()


def asking(user: User) -> QuerySet[DataDoubt]:
    """Doubts that ask something of the user: at his accounts, by account."""
    now = Q(state=Settled.OPEN) | Q(state=Settled.WAITING, asks_again__lte=timezone.localdate())
    sees_to = Q(account__manager=user) | Q(account__exchanges__owner=user, account__exchanges__put_away_at=None)
    return doubts(user).filter(now & sees_to, state__in=UNSETTLED).distinct().order_by("account", "day", "pk")


def may_change(user: User, row: DataExchange) -> bool:
    """Who agreed on it or sees to it, who manages the account, and heads of the department."""
    if not user.may(ExchangeRight.AGREE):
        return False
    near = user.pk in {row.owner_id, row.account.manager_id} or user.username == row.made_by
    return near or user.role in HEADS
