"""Which reports an account owes: what was agreed on for a span, and nothing is told of.

A day, a week from Monday to Sunday, a month is told of by any row of that time; it is owed once the agreed days after its end
have passed. How far back one looks is limited, so that who never reported owes no more than a season.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from django.db.models import Max
from django.utils import timezone

from vitalfew.exchange.models import DataDoubt, DataExchange, DataRow
from vitalfew.exchange.words import Doubt, Measure, Rhythm, Settled

BACK: Final = timedelta(days=92)
DAY: Final = timedelta(days=1)


def renew(rows: Iterable[DataExchange]) -> None:
    """What each owes today, kept with it, so that a list asks nothing for it."""
    today = timezone.localdate()
    for row in rows:
        days = sorted({end for _measure, end in missing(row, today)})
        last = DataRow.objects.filter(account=row.account_id, current=True).aggregate(last=Max("day"))["last"]
        row.owes, row.owes_since, row.told_until = len(days), days[0] if days else None, last
        DataExchange.objects.filter(pk=row.pk).update(owes=row.owes, owes_since=row.owes_since, told_until=last)


def missing(row: DataExchange, today: date) -> Iterator[tuple[Measure, date]]:
    """What is not told though it should be, and nobody has explained: of what, and the last day of its span."""
    first = max(row.since, today - BACK)
    last = min(today - timedelta(days=row.due_days), row.until or today)
    for measure, rhythm in ((Measure.SOLD, row.sell_out), (Measure.STOCK, row.stock)):
        if rhythm:
            rows = DataRow.objects.filter(account=row.account_id, measure=measure, current=True, day__gte=first - BACK)
            told = {end_of(rhythm, day) for day in rows.values_list("day", flat=True).distinct()}
            told |= set(_explained(row, measure, rhythm, first))
            yield from ((measure, end) for end in ends(rhythm, first, last) if end not in told)


def _explained(row: DataExchange, measure: Measure, rhythm: str, first: date) -> Iterator[date]:
    late = DataDoubt.objects.filter(
        account=row.account_id, kind=Doubt.LATE, measure__in=("", measure), state=Settled.EXPLAINED
    )
    for doubt in late.filter(until__gte=first):
        yield from ends(rhythm, begin_of(rhythm, doubt.day), doubt.until)


def ends(rhythm: str, since: date, until: date) -> Iterator[date]:
    """The last days of the spans that lie between two days, the first of them whole.

    >>> [str(day) for day in ends("weekly", date(2026, 3, 3), date(2026, 3, 22))]
    ['2026-03-15', '2026-03-22']
    """
    day = since
    while (end := end_of(rhythm, day)) <= until:
        if begin_of(rhythm, end) >= since:
            yield end
        day = end + DAY


def end_of(rhythm: str, day: date) -> date:
    """The last day of the span in which a day lies."""
    if rhythm == Rhythm.WEEKLY:
        return day + timedelta(days=6 - day.weekday())
    if rhythm == Rhythm.MONTHLY:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY
    return day


def begin_of(rhythm: str, end: date) -> date:
    if rhythm == Rhythm.WEEKLY:
        return end - timedelta(days=6)
    return end.replace(day=1) if rhythm == Rhythm.MONTHLY else end
