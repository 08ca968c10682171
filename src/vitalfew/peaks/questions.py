"""What pages, API, Today and supply ask about peak seasons. Every answer to a user starts from what he may see."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.peaks.models import Arrangement, ArrangementQuerySet, Booking, Peak, PeakQuerySet
from vitalfew.peaks.rights import PeakRight
from vitalfew.peaks.words import Answer, PeakState
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS

SHOWN: Final = 100


def peaks(user: User) -> PeakQuerySet:
    return Peak.objects.visible_to(user).select_related("account", "account__manager", "owner")


def arrangements(user: User) -> ArrangementQuerySet:
    return Arrangement.objects.visible_to(user).select_related("peak__account", "peak__owner")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(category__icontains=text) | Q(account__name__icontains=text) | Q(account__code__icontains=text)
        | Q(bookings__product__icontains=text)
    ).distinct()  # fmt: skip


def arranged(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(text__icontains=text) | Q(peak__account__name__icontains=text) | Q(peak__account__code__icontains=text)
    )


def of_account(user: User, account: Account) -> list[Peak]:
    return list(peaks(user).filter(account=account).order_by("-begins", "-pk")[:SHOWN])


def may_change(user: User, peak: Peak) -> bool:
    """Whose it is, who manages the account, who made it, heads, and supply."""
    if not user.may(PeakRight.MAKE):
        return False
    own = user.pk in {peak.owner_id, peak.account.manager_id} or user.username == peak.made_by
    return own or user.role in HEADS or user.may(PeakRight.ANSWER)


def booked(since: date, products: Collection[str] = ()) -> dict[str, dict[str, dict[date, float]]]:
    """By product, account's code and week, what is booked by agreements that hold; of all accounts, for supply's needs."""
    rows = Booking.objects.filter(peak__state=PeakState.AGREED, peak__put_away_at=None, week__gte=since)
    rows = rows.filter(product__in=products) if products else rows
    found: dict[str, dict[str, dict[date, float]]] = {}
    sums = rows.order_by().values_list("product", "peak__account__code", "week").annotate(sum=Sum("quantity"))
    for product, code, week, quantity in sums:
        found.setdefault(product, {}).setdefault(code, {})[week] = float(quantity)
    return found


def to_answer(user: User) -> ArrangementQuerySet:
    return arrangements(user).filter(answer=Answer.OPEN, peak__state=PeakState.AGREED)


def refused(user: User) -> ArrangementQuerySet:
    """Of the user's peaks that have not begun, what cannot be done or not in time."""
    rows = arrangements(user).filter(answer__in=(Answer.NO, Answer.OTHER), peak__state=PeakState.AGREED)
    return rows.filter(_mine(user, "peak__"), peak__begins__gt=timezone.localdate())


def mine(user: User) -> PeakQuerySet:
    """Those that the user sees to."""
    return peaks(user).filter(_mine(user, ""))


def _mine(user: User, path: str) -> Q:
    nobody = Q(**{f"{path}owner": None, f"{path}account__manager": user})
    return Q(**{f"{path}owner": user}) | nobody
