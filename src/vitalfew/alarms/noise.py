"""Which kinds of alarms led to something, and which are noise.

Judged are alarms of which it can be known: something was done about them, they ended, or they are a fortnight old.

    share = led to something / judged, with Wilson's interval at 95 %
    noise    none of at least ten led to anything (of 0 in 10 the interval ends at 27.8 %)
    seldom   the interval ends below a quarter
    cannot tell below ten

    >>> told = Record("credit", raised=12, seen=3, judged=12, acted=0, median=None)
    >>> told.verdict.value, round(told.interval[1], 3)
    ('noise', 0.242)

Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from vitalfew.alarms.kinds import kinds
from vitalfew.alarms.models import Alarm
from vitalfew.alarms.words import Verdict
from vitalfew.maths.intervals import wilson

ENOUGH: Final = 10
SELDOM: Final = 0.25
RIPE: Final = timedelta(days=14)
"""After so long it would have led to something."""
YEAR: Final = timedelta(days=365)


@dataclass(frozen=True)
class Record:
    """Of a kind: how many were raised, answered, judged, led to something, and after how many days half of those did."""

    kind: str
    raised: int
    seen: int
    judged: int
    acted: int
    median: float | None
    repeats: int = 0

    @property
    def label(self) -> str:
        return kinds()[self.kind].label

    @property
    def rate(self) -> float | None:
        return self.acted / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float]:
        if not self.judged:
            return 0.0, 1.0
        low, high = wilson(self.acted, self.judged)
        return float(low), float(high)

    @property
    def verdict(self) -> Verdict:
        if self.judged < ENOUGH:
            return Verdict.UNKNOWN
        if not self.acted:
            return Verdict.NOISE
        return Verdict.RARE if self.interval[1] < SELDOM else Verdict.USEFUL


def report(today: date | None = None) -> list[Record]:
    """Of the last twelve months, what says least first."""
    day = today or timezone.localdate()
    rows = Alarm.objects.filter(raised_at__date__gte=day - YEAR, kind__in=list(kinds())).order_by()
    ripe = Q(acted_on__isnull=False) | Q(ended_at__isnull=False) | Q(raised_at__date__lte=day - RIPE)
    counted = rows.values("kind").annotate(
        raised=Count("pk"), seen=Count("pk", filter=Q(answered_at__isnull=False)), judged=Count("pk", filter=ripe),
        acted=Count("pk", filter=Q(acted_on__isnull=False)), repeats=Sum("repeats"),
    )  # fmt: skip
    days = _days(rows)
    found = [Record(median=_half(days[each["kind"]]), **each) for each in counted]
    return sorted(found, key=lambda each: (ORDER.index(each.verdict), each.kind))


ORDER: Final = (Verdict.NOISE, Verdict.RARE, Verdict.UNKNOWN, Verdict.USEFUL)


def _days(rows: QuerySet[Alarm]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for kind, raised, acted in rows.exclude(acted_on=None).values_list("kind", "raised_at", "acted_on"):
        found[kind].append(max((acted - timezone.localdate(raised)).days, 0) if acted else 0)
    return found


def _half(days: list[int]) -> float | None:
    return float(median(days)) if days else None
