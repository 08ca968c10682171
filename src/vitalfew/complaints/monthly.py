"""The statistics of a month: what each complaint that came in then tells, and the figures that follow from these lines alone.

    in time     = in time / (in time + late)           what is neither heard nor late yet is left out
    the same    = the same again / all that can be told again (see ``repeating``)
    satisfied   = satisfied / those who said so
    times       median and 90th percentile, by Kaplan and Meier
    money       sums of the house's currency

Once a month is closed its lines stay as they were; whoever has the file works out the same figures to the digit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from django.db.models import QuerySet, Sum
from django.utils import timezone

from vitalfew.approvals.questions import currency
from vitalfew.complaints import figures
from vitalfew.complaints.figures import Share, percentile, received
from vitalfew.complaints.models import Claim, ClosedMonth, Compensation, Complaint, MonthLine
from vitalfew.complaints.repeating import WITHIN, Told, told_again
from vitalfew.complaints.words import Granted, State

NONE: Final = Decimal(0)
COMPARED: Final = (
    "account", "category", "cause", "severity", "acknowledged", "answered", "settled", "closed_on", "reopened", "again",
    "satisfied", "given", "claimed", "recovered",
)  # fmt: skip
"""What of a line can be corrected later; how long an open one lasts moves by itself."""


@dataclass(frozen=True)
class Figures:
    """What a month's lines tell."""

    n: int
    open: int
    shares: Mapping[str, Share]
    median: float | None
    most: float | None
    money: Mapping[str, Decimal]


@dataclass(frozen=True)
class Correction:
    """A line that is not as it was told: what it said, and what it says now; None where it is not there."""

    number: str
    before: MonthLine | None
    now: MonthLine | None

    @property
    def fields(self) -> list[str]:
        if self.before is None or self.now is None:
            return []
        return [name for name in COMPARED if getattr(self.before, name) != getattr(self.now, name)]


def first_of(day: date) -> date:
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The day before the next month's first.

    >>> last_of(date(2028, 2, 1))
    datetime.date(2028, 2, 29)
    """
    return first_of(month + timedelta(days=31)) - timedelta(days=1)


def figures_of(lines: Sequence[MonthLine]) -> Figures:
    """From the lines alone."""
    times = [(line.days, line.closed_on is not None) for line in lines if line.days is not None]
    return Figures(
        n=len(lines), open=sum(line.closed_on is None for line in lines), shares=dict(_shares(lines)),
        median=percentile(times, 0.5), most=percentile(times, 0.9),
        money={name: sum((getattr(line, name) for line in lines), NONE) for name in ("given", "claimed", "recovered")},
    )  # fmt: skip


def _shares(lines: Sequence[MonthLine]) -> Iterator[tuple[str, Share]]:
    for name in ("acknowledged", "answered", "settled", "again", "satisfied"):
        known = [value for value in map(attrgetter(name), lines) if value is not None]
        yield name, Share(sum(known), len(known))
    once = [line for line in lines if line.closed_on or line.reopened]
    yield "reopened", Share(sum(line.reopened for line in once), len(once))


def lines_now(month: date) -> list[MonthLine]:
    """Of all that came in then, as they stand at this moment; merged ones count once."""
    since, until, now = first_of(month), last_of(month), figures.now()
    kept = Complaint.objects.filter(put_away_at=None)
    rows = received(kept, since, until).select_related("account", "cause__branch").order_by("received_on", "number")
    again, money = _again(kept, since, until), _money(rows)
    told = ({name: found.get(row.pk, NONE) for name, found in money.items()} for row in rows)
    return [_line(row, now, again=again.get(row.number), **sums) for row, sums in zip(rows, told, strict=True)]


def _again(kept: QuerySet[Complaint], since: date, until: date) -> dict[str, bool]:
    rows = received(kept, since - WITHIN, until).exclude(account=None)
    told = rows.values_list("account", "received_on", "cause", "product", "number")
    return {row.number: again for row, again in told_again(Told(*each) for each in told) if row.day >= since}


def _money(rows: QuerySet[Complaint]) -> Mapping[str, Mapping[int, Decimal]]:
    house = currency()
    given = Compensation.objects.filter(complaint__in=rows, state=Granted.GIVEN, put_away_at=None, currency=house)
    claims = Claim.objects.filter(complaint__in=rows, put_away_at=None, currency=house)
    return {
        "given": _by_complaint(given, "amount"), "claimed": _by_complaint(claims, "amount"),
        "recovered": _by_complaint(claims, "recovered"),
    }  # fmt: skip


def _by_complaint(rows: QuerySet[Any], name: str) -> dict[int, Decimal]:
    return dict(rows.order_by().values_list("complaint").annotate(sum=Sum(name)))


def _line(row: Complaint, now: datetime, **told: Any) -> MonthLine:
    closed, goes = row.closed_at if row.state == State.CLOSED else None, None if row.waiting_since else now
    return MonthLine(
        number=row.number, account=str(row.account or row.company), category=row.category,
        cause=row.cause.path if row.cause else "", severity=row.severity, received_on=row.received_on,
        acknowledged=_in_time(row.acknowledged_at, row.due_acknowledge, goes),
        answered=_in_time(row.answered_at, row.due_answer, goes), settled=_in_time(closed, row.due_close, goes),
        days=_lasted(row, closed or now), closed_on=timezone.localdate(closed) if closed else None,
        reopened=row.reopened > 0, satisfied=row.satisfied, **told,
    )  # fmt: skip


def _in_time(done: datetime | None, due: datetime | None, now: datetime | None) -> bool | None:
    """None while it is not late; without a ``now`` its clock stands still."""
    if due is None or (done is None and (now is None or due >= now)):
        return None
    return done is not None and done <= due


def _lasted(row: Complaint, until: datetime) -> float | None:
    """Days, to the thousandth: as the file has them."""
    return None if row.received_at is None else round((until - row.received_at).total_seconds() / figures.DAY, 3)


def corrections(row: ClosedMonth) -> list[Correction]:
    """What is other now than it was told."""
    before = {line.number: line for line in row.lines.all()}
    now = {line.number: line for line in lines_now(row.month)}
    both = (Correction(number, before.get(number), now.get(number)) for number in sorted({*before, *now}))
    return [each for each in both if each.before is None or each.now is None or each.fields]


def open_months(today: date, known: Iterable[date]) -> list[date]:
    """Months that are over, have a complaint and are not closed: the latest first."""
    rows = received(Complaint.objects.filter(put_away_at=None), date.min, first_of(today) - timedelta(days=1))
    found = {first_of(day) for day in rows.values_list("received_on", flat=True).distinct()}
    return sorted(found - set(known), reverse=True)
