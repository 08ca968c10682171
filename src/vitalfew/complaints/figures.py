"""How complaints are settled, with their denominators.

    acknowledged in time   = acknowledged in time / all whose time has come or that were acknowledged
    settled in time        = settled in time / (settled + open and overdue)
    opened again           = opened again / settled at least once
    satisfied              = satisfied / those who said so
    times                  median and 90th percentile, by Kaplan and Meier: open ones count as long as they have lasted

Shares with Wilson's interval at 95 %. ISO 10002:2018, 8.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from vitalfew.coins import written
from vitalfew.complaints.models import Claim, Compensation, Complaint
from vitalfew.complaints.words import Category, Granted, State
from vitalfew.maths.intervals import wilson
from vitalfew.terms import label_of

FEWEST: Final = 5
DAY: Final = 86_400


@dataclass(frozen=True)
class Share:
    """So many of so many, with its interval; None of none."""

    n: int
    of: int

    @property
    def rate(self) -> float | None:
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.of:
            return None
        low, high = wilson(self.n, self.of)
        return low, high

    @property
    def is_thin(self) -> bool:
        return self.of < FEWEST


def received(user_rows: QuerySet[Complaint], since: date, until: date) -> QuerySet[Complaint]:
    """Those settled here that came in these days; merged ones count once."""
    rows = user_rows.exclude(imported=True, taken_up=False).filter(merged_into=None)
    return rows.filter(received_on__gte=since, received_on__lte=until).order_by()


def shares(rows: QuerySet[Complaint], now: datetime) -> dict[str, Share]:
    """All of them by their names."""
    heard = Q(acknowledged_at__isnull=False)
    heard_well = heard & Q(acknowledged_at__lte=F("due_acknowledge"))
    closed = Q(state=State.CLOSED)
    told = rows.aggregate(
        heard_well=Count("pk", filter=heard_well), heard=Count("pk", filter=heard | Q(due_acknowledge__lt=now)),
        well=Count("pk", filter=closed & Q(closed_at__lte=F("due_close"))), closed=Count("pk", filter=closed),
        over=Count("pk", filter=~closed & Q(due_close__lt=now)), again=Count("pk", filter=Q(reopened__gt=0)),
        once=Count("pk", filter=closed | Q(reopened__gt=0)), pleased=Count("pk", filter=Q(satisfied=True)),
        said=Count("pk", filter=Q(satisfied__isnull=False)),
    )  # fmt: skip
    return {
        "acknowledged": Share(told["heard_well"], told["heard"]), "closed": Share(told["well"], told["closed"] + told["over"]),
        "reopened": Share(told["again"], told["once"]), "satisfied": Share(told["pleased"], told["said"]),
    }  # fmt: skip


def lasted(rows: QuerySet[Complaint], now: datetime) -> list[tuple[float, bool]]:
    """Days until it was settled, and whether it is."""
    times = rows.exclude(received_at=None).values_list("received_at", "closed_at")
    return [(((closed or now) - began).total_seconds() / DAY, closed is not None) for began, closed in times if began]


def percentile(times: Sequence[tuple[float, bool]], share: float) -> float | None:
    """The time by which so many are settled; None where that many are not settled yet.

    >>> percentile([(1.0, True), (2.0, True), (3.0, False), (4.0, True)], 0.5)
    2.0
    """
    if not times:
        return None
    import numpy as np

    from vitalfew.maths.survival import kaplan_meier

    lasted_for, settled = zip(*times, strict=True)
    found = kaplan_meier(np.array(lasted_for, dtype=np.float64), np.array(settled))
    reached = np.flatnonzero(found.survival <= 1 - share + 1e-12)
    return float(found.time[reached[0]]) if reached.size else None


def money(rows: QuerySet[Complaint]) -> dict[str, Any]:
    """What was given and what came back, each currency on its own."""
    given = Compensation.objects.filter(complaint__in=rows, state=Granted.GIVEN, put_away_at=None)
    claims = Claim.objects.filter(complaint__in=rows, put_away_at=None)
    return {
        "given": _sums(given, "amount"), "claimed": _sums(claims, "amount"), "recovered": _sums(claims, "recovered"),
    }  # fmt: skip


def _sums(rows: QuerySet[Any], name: str) -> list[tuple[str, str]]:
    counted = rows.order_by().values_list("currency").annotate(sum=Sum(name)).order_by("currency")
    return [(currency, written(whole, currency)) for currency, whole in counted]


def by_category(rows: QuerySet[Complaint]) -> list[tuple[str, int, float]]:
    """What they are about, the most frequent first, with the share up to there."""
    counted: Sequence[tuple[str, int]] = list(
        rows.values_list("category").annotate(n=Count("pk")).order_by("-n", "category")
    )
    whole, so_far, told = sum(n for _name, n in counted), 0, []
    for name, n in counted:
        so_far += n
        told.append((label_of(Category, name) if name in {*Category} else name, n, so_far / whole))
    return told


def now() -> datetime:
    return timezone.now()
