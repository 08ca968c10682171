"""How many of the checks that fell due were done in time, by stage and by who, where and what; how sure that is.

    share = done by their day / (done in time or too late, left out, overdue),  with Wilson's interval at 95 %

What did not apply or ended with its journey counts neither way. Late stages against early ones: the difference of two shares
with Newcombe's interval; with fewer than ten checks on either side nothing is said.

    >>> told = Share("", done=7, judged=8)
    >>> told.rate, [round(end, 3) for end in told.interval]
    (0.875, [0.529, 0.978])

Wilson (1927), JASA 22; Newcombe (1998), Stat. Med. 17(8).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth

from vitalfew.journeys.models import Check
from vitalfew.journeys.words import LATE, STAGES, CheckState
from vitalfew.maths.intervals import newcombe, wilson

FEWEST: Final = 10
"""Below so many, a share is told with the note that it says little, and nothing is compared."""
MOST: Final = 30
COUNTED: Final = (CheckState.OPEN, CheckState.FINE, CheckState.TROUBLE, CheckState.LEFT_OUT)


class Verdict(Enum):
    """What late stages against early ones come to."""

    FEW = "few"
    ALIKE = "alike"
    LESS = "less"
    MORE = "more"


@dataclass(frozen=True)
class Share:
    """Of what, how many were done in time, of how many that fell due."""

    of: Any
    done: int
    judged: int

    @property
    def rate(self) -> float | None:
        return self.done / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.judged:
            return None
        low, high = wilson(self.done, self.judged)
        return low, high

    @property
    def is_thin(self) -> bool:
        return self.judged < FEWEST


@dataclass(frozen=True)
class Compared:
    """The stages before delivery against those after it."""

    early: Share
    late: Share

    @property
    def difference(self) -> tuple[float, float, float] | None:
        """Late minus early, and between which values it lies; None where too few say anything."""
        if self.early.is_thin or self.late.is_thin:
            return None
        low, high = newcombe(self.late.done, self.late.judged, self.early.done, self.early.judged)
        return (self.late.rate or 0.0) - (self.early.rate or 0.0), low, high

    @property
    def points(self) -> list[float]:
        """The same in percentage points."""
        return [100 * each for each in self.difference or ()]

    @property
    def verdict(self) -> Verdict:
        found = self.difference
        if found is None:
            return Verdict.FEW
        _difference, low, high = found
        if low <= 0 <= high:
            return Verdict.ALIKE
        return Verdict.LESS if high < 0 else Verdict.MORE


def judged(rows: QuerySet[Check], since: date, today: date) -> QuerySet[Any]:
    """Those whose day came in this span; left out without a day, the day on which that was decided."""
    dated = rows.filter(state__in=COUNTED).annotate(counted_on=Coalesce("due", "settled_on"))
    told: QuerySet[Any] = dated.filter(counted_on__gte=since).exclude(state=CheckState.OPEN, due__gte=today)
    return told.exclude(state=CheckState.OPEN, due=None)


def by_stage(rows: QuerySet[Any]) -> list[Share]:
    """One of each stage, in their order."""
    found = {row["stage"]: row for row in _counted(rows, ["stage"])}
    none = {"done": 0, "judged": 0}
    return [Share(stage, *(found.get(stage.value, none)[name] for name in ("done", "judged"))) for stage in STAGES]


def compared(stages: Iterable[Share]) -> Compared:
    early, late = ([each for each in stages if (each.of in LATE) is which] for which in (False, True))
    return Compared(_sum(early), _sum(late))


def _sum(shares: list[Share]) -> Share:
    return Share("", sum(each.done for each in shares), sum(each.judged for each in shares))


def by(rows: QuerySet[Any], **names: Any) -> list[Share]:
    """One of each group, those with most that was missed first; ``names`` are what a group is told by."""
    keys = {f"by_{name}": of for name, of in names.items()}
    counted = _counted(rows.annotate(**keys), list(keys)).order_by(F("done") - F("judged"), *keys)
    return [Share({name: row[f"by_{name}"] for name in names}, row["done"], row["judged"]) for row in counted[:MOST]]


def by_month(rows: QuerySet[Any]) -> list[Share]:
    """One of each month in which checks fell due, in order."""
    counted = _counted(rows.annotate(month=TruncMonth("counted_on")), ["month"]).order_by("month")
    return [Share(row["month"], row["done"], row["judged"]) for row in counted]


def late_stages(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(stage__in=LATE)


def _counted(rows: QuerySet[Any], keys: list[str]) -> QuerySet[Any, Any]:
    in_time = Q(state__in=(CheckState.FINE, CheckState.TROUBLE)) & (Q(due=None) | Q(settled_on__lte=F("due")))
    counted: QuerySet[Any, Any] = (
        rows.order_by().values(*keys).annotate(done=Count("pk", filter=in_time), judged=Count("pk"))
    )
    return counted


FUNCTION: Final = {"function": F("function")}
OWNER: Final = {"name": F("owner__name"), "username": F("owner__username")}
ACCOUNT: Final = {"name": F("journey__account__name"), "code": F("journey__account__code")}
FAMILY: Final = {"family": F("journey__family")}
