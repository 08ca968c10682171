"""When notice must be given, and since when somebody is asked to decide.

until 31 December, notice 90 days      →  notice by 2 October
asked 30 days ahead of that            →  from 2 September
"""

from datetime import date, timedelta

from vitalfew.agreements.words import Renewal

YEAR = 365


def notice_day(until: date | None, notice_days: int | None) -> date | None:
    """The last day on which notice can be given; none where nothing ends, or no notice is agreed on."""
    return None if until is None or not notice_days else until - timedelta(days=notice_days)


def decided_by(until: date | None, notice: date | None, renewal: str) -> date | None:
    """The day by which it must be known how it goes on."""
    return until if notice is None or renewal == Renewal.NONE else notice


def year_of(since: date, until: date | None, day: date) -> tuple[date, date]:
    """The year of the agreement in which a day lies, its first where it lies before, its last where it lies after."""
    begun = since
    while (following := _a_year_on(begun, since)) <= day and (until is None or following <= until):
        begun = following
    last = _a_year_on(begun, since) - timedelta(days=1)
    return begun, last if until is None else min(last, until)


def _a_year_on(day: date, since: date) -> date:
    year = day.year + 1
    try:
        return since.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
