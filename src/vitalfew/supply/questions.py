"""What pages, API and Today ask about supply. Every answer starts from what the user may see."""

from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.supply.models import Allotment, AtRisk, Drawing, Incoming, LeadTime, Override, Reservation, Stocked
from vitalfew.supply.words import Cover

SHOWN: Final = 30
WORST: Final = {word.value: place for place, word in enumerate(Cover)}


def drawing() -> Drawing | None:
    return Drawing.objects.first()


def products(user: User) -> QuerySet[Stocked]:
    return Stocked.objects.visible_to(user)


def map_of(user: User, text: str = "", cover: str = "") -> list[Stocked]:
    """Products with their weeks: those that run short first, the soonest first."""
    rows = found(products(user), text) if text else products(user)
    rows = rows.filter(cover=cover) if cover in WORST else rows
    read = rows.prefetch_related("weeks")
    return sorted(read, key=lambda row: (WORST[row.cover], row.order_by or date.max, row.code))


def found(rows: Any, text: str) -> Any:
    return rows.filter(Q(code__icontains=text) | Q(name__icontains=text) | Q(category__icontains=text))


def risks(user: User) -> QuerySet[AtRisk]:
    return AtRisk.objects.visible_to(user).select_related("account", "product")


def risks_of(user: User, account: Account) -> list[AtRisk]:
    return list(risks(user).filter(account=account).order_by("since", "-amount", "pk")[:SHOWN])


def running_short(user: User) -> QuerySet[Stocked]:
    """What asks for something: a shelf will be empty, and nobody has said until when that is seen to."""
    today = timezone.localdate()
    rows = products(user).filter(cover__in=(Cover.SHORT, Cover.ORDER))
    return rows.filter(Q(snoozed_until=None) | Q(snoozed_until__lt=today)).order_by("order_by", "code")


def incoming(user: User) -> QuerySet[Incoming]:
    return Incoming.objects.visible_to(user)


def lead_times(user: User) -> QuerySet[LeadTime]:
    return LeadTime.objects.visible_to(user)


def overrides(user: User) -> QuerySet[Override]:
    return Override.objects.visible_to(user).select_related("account")


def allotments(user: User) -> QuerySet[Allotment]:
    return Allotment.objects.visible_to(user)


def reservations(user: User) -> QuerySet[Reservation]:
    return Reservation.objects.visible_to(user).select_related("account", "allotment")


def kept_for(user: User, account: Account) -> list[Reservation]:
    """What it was promised and has not taken yet, the earliest first."""
    return list(reservations(user).filter(account=account, ended_on=None)[:SHOWN])


def kept_of(user: User, product: str) -> list[Reservation]:
    return list(reservations(user).filter(product=product, ended_on=None)[:SHOWN])


def product_of(user: User, code: str) -> Stocked | None:
    return products(user).filter(code=code).first()
