"""What became of members' net sales beside those of comparable accounts, as far as can be told.

    members       accounts that have belonged to the level for half a year or longer
    comparable    accounts that never belonged to the club, with net sales in the year before between the least and the most
                  that a member had
    growth        of net sales, the latest 12 months against the 12 before, as a logarithm: twice as much and half as much
                  weigh alike
    difference    exp(mean of members - mean of comparable) - 1, with Welch's interval

Whoever has just bought much comes in, and much is seldom followed by as much: members fall back by chance, and the club looks
worse than it is. Nor is it said that the club made the difference. From fewer than ten accounts on either side nothing is told.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from django.db.models import Exists, ExpressionWrapper, F, FloatField, OuterRef

from vitalfew.club.models import Level, Member
from vitalfew.maths.arrays import Floats
from vitalfew.maths.welch import welch
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard

LONG_ENOUGH: Final = timedelta(days=182)
FEWEST: Final = 10
MOST: Final = 5000


@dataclass(frozen=True)
class Effect:
    """How many on either side; where it can be told, by what share members' net sales grew more, and its interval."""

    members: int
    others: int
    more: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def tells(self) -> bool:
        return self.more is not None

    @property
    def is_clear(self) -> bool:
        """Whether the interval lies on one side of nothing."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def effect(level: Level, today: date) -> Effect | None:
    """None where nothing is computed yet."""
    refresh = scorecards.current()
    if refresh is None:
        return None
    inside = Member.objects.current().filter(level=level, since__lte=today - LONG_ENOUGH)
    of_members = _growth(refresh, Exists(inside.filter(account__code=OuterRef("customer"))))
    if not len(of_members):
        return Effect(0, 0)
    least, most = of_members[:, 0].min(), of_members[:, 0].max()
    ever = Exists(Member.objects.filter(account__code=OuterRef("customer")))
    of_others = _growth(refresh, ~ever, before__gte=least, before__lte=most)
    return compared(of_members[:, 1], of_others[:, 1])


def compared(members: Floats, others: Floats) -> Effect:
    """Of growth as a logarithm.

    >>> compared(np.log([1.2] * 5), np.log([1.0] * 50))
    Effect(members=5, others=50, more=None, low=None, high=None)
    """
    counted = (len(members), len(others))
    found = welch(members, others) if min(counted) >= FEWEST else None
    if found is None:
        return Effect(*counted)
    return Effect(*counted, *(float(np.expm1(each)) for each in (found.mean, found.low, found.high)))


def _growth(refresh: Refresh, who: Any, **limits: float) -> Floats:
    """Net sales of the year before, and the logarithm of what became of them; a row an account."""
    before = ExpressionWrapper(F("revenue_12m") / (1 + F("growth")), output_field=FloatField())
    rows = Scorecard.objects.filter(who, refresh=refresh, growth__gt=-1, revenue_12m__gt=0).annotate(before=before)
    found = list(rows.filter(**limits).order_by("customer").values_list("before", "growth")[:MOST])
    pairs = [(float(year_before), math.log1p(growth or 0.0)) for year_before, growth in found]
    return np.array(pairs, dtype=np.float64).reshape(-1, 2)
