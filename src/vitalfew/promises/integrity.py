"""The integrity rate: of the promises whose day came within a span, the share that was kept in time.

    rate = kept / (kept + done too late + not kept + overdue),  with Wilson's interval at 95 %

Counted is the day that holds, moved by consent or not; what the customer released counts neither way. Of eight promises seven
kept:

    >>> told = Integrity("", kept=7, judged=8)
    >>> told.rate, [round(end, 3) for end in told.interval]
    (0.875, [0.529, 0.978])

Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncQuarter

from vitalfew.maths.intervals import wilson
from vitalfew.promises.models import Promise
from vitalfew.promises.words import PromiseState

FEWEST: Final = 5
"""Below so many, a rate is told with the note that it says little."""
MOST: Final = 50


@dataclass(frozen=True)
class Integrity:
    """Of what, how many were kept, of how many whose day has come."""

    of: Any
    kept: int
    judged: int

    @property
    def rate(self) -> float | None:
        return self.kept / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.judged:
            return None
        low, high = wilson(self.kept, self.judged)
        return low, high

    @property
    def is_thin(self) -> bool:
        return self.judged < FEWEST


def judged(rows: QuerySet[Promise], since: date, today: date) -> QuerySet[Promise]:
    """Those due since then whose day has come, or that are settled before it."""
    told = rows.filter(due__gte=since).exclude(state=PromiseState.RELEASED)
    return told.exclude(state=PromiseState.OPEN, due__gte=today)


def whole(rows: QuerySet[Promise]) -> Integrity:
    return Integrity("", rows.filter(state=PromiseState.KEPT).count(), rows.count())


def by(rows: QuerySet[Promise], **names: Any) -> list[Integrity]:
    """One of each group, the largest first; ``names`` are what a group is told by."""
    counted = _counted(
        rows.annotate(**{f"by_{name}": of for name, of in names.items()}), [f"by_{name}" for name in names]
    )
    return list(_told(counted.order_by("-judged", *(f"by_{name}" for name in names))[:MOST], list(names)))


def by_quarter(rows: QuerySet[Promise]) -> list[Integrity]:
    """One of each quarter in which promises were due, in order."""
    dated = rows.annotate(by_quarter=TruncQuarter("due"))
    return list(_told(_counted(dated, ["by_quarter"]).order_by("by_quarter"), ["quarter"]))


def _counted(rows: QuerySet[Promise], keys: list[str]) -> QuerySet[Any, Any]:
    kept = Count("pk", filter=Q(state=PromiseState.KEPT))
    counted: QuerySet[Any, Any] = rows.order_by().values(*keys).annotate(kept=kept, judged=Count("pk"))
    return counted


def _told(rows: Iterable[Any], names: list[str]) -> Iterable[Integrity]:
    for row in rows:
        of = {name: row[f"by_{name}"] for name in names}
        yield Integrity(of, row["kept"], row["judged"])


OWNER: Final = {"name": F("owner__name"), "username": F("owner__username")}
DEPARTMENT: Final = {"department": F("department")}
ACCOUNT: Final = {"name": F("account__name"), "code": F("account__code")}
