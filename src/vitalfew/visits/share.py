"""Which share of their working days our executives spend visiting, held against the third that good heads of sales spend.

    share = days with a visit held or logged / (working days - days of absence),  with Wilson's interval at 95 %

over the last twelve months, or since somebody began where that is later. Below 60 working days nothing is said of anybody. Of 240
days at the desk or away 80 with a visit:

    >>> told = Share("", visited=80, days=240)
    >>> round(told.share, 3), [round(end, 3) for end in told.interval], told.verdict
    (0.333, [0.277, 0.395], <Verdict.ABOUT: 'about'>)

Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from vitalfew.accounts.models import Absence
from vitalfew.activities.models import Activity, Present
from vitalfew.activities.ways import Way
from vitalfew.maths.intervals import wilson
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _
from vitalfew.visits.models import Visit, VisitQuerySet
from vitalfew.visits.words import VisitState
from vitalfew.workdays import Calendar

THIRD: Final = 1 / 3
FEWEST: Final = 60
YEAR: Final = timedelta(days=365)
DAY: Final = timedelta(days=1)
LEAD: Final = (Role.EXECUTIVE, Role.DIRECTOR)
"""Of whom it is asked."""


class Verdict(Term):
    """How a share stands to the third."""

    TOO_EARLY = "too_early", _("Too early to tell")
    BELOW = "below", _("Less than a third")
    ABOUT = "about", _("About a third")
    ABOVE = "above", _("More than a third")


@dataclass(frozen=True)
class Share:
    """Of whom, on how many of how many working days a visit was held."""

    of: Any
    visited: int
    days: int

    @property
    def share(self) -> float:
        return self.visited / self.days if self.days else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        low, high = wilson(self.visited, self.days) if self.days else (0.0, 1.0)
        return low, high

    @property
    def verdict(self) -> Verdict:
        """Told apart only where the whole interval lies on one side."""
        low, high = self.interval
        if self.days < FEWEST:
            return Verdict.TOO_EARLY
        if high < THIRD:
            return Verdict.BELOW
        return Verdict.ABOVE if low > THIRD else Verdict.ABOUT


def shares(calendar: Calendar, today: date) -> list[Share]:
    """One of each who leads, the largest share first."""
    firsts = [rows.aggregate(first=Min("day"))["first"] for rows in (_held(), _logged())]
    first = min((day for day in firsts if day), default=None)
    if first is None:
        return []
    found = []
    for user in User.objects.filter(is_active=True, role__in=LEAD).order_by("name", "pk"):
        since = max(today - YEAR + DAY, user.date_joined.date(), first)
        found.append(_share(user, calendar, since, today))
    return sorted(found, key=lambda each: -each.share)


def _held() -> VisitQuerySet:
    return Visit.objects.filter(state=VisitState.HELD, put_away_at=None)


def _logged() -> QuerySet[Activity]:
    """Visits in the log, whether they were planned here or not."""
    return Activity.objects.filter(way=Way.VISIT, put_away_at=None)


def _share(user: User, calendar: Calendar, since: date, today: date) -> Share:
    worked = set(calendar.days(since, today)) - _away(user, since, today)
    there = Exists(Present.objects.filter(activity=OuterRef("pk"), user=user))
    days = {"day__range": (since, today)}
    visited = set(_held().of_ours(user).filter(**days).values_list("day", flat=True))
    visited |= set(_logged().filter(Q(who=user) | there, **days).values_list("day", flat=True))
    return Share(user, len(visited & worked), len(worked))


def _away(user: User, since: date, today: date) -> set[date]:
    rows = Absence.objects.filter(user=user, put_away_at=None, since__lte=today, until__gte=since)
    return {row.since + n * DAY for row in rows for n in range((row.until - row.since).days + 1)}
