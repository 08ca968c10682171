"""Accounts that came back, for a year: whether they buy as before, more slowly, or have fallen silent again.

An account's own pace is the median gap between its days of buying in the three years before it came back, gaps of more than a
year (its absence) left out; with fewer than three such gaps, sixty days.

    silent again    nothing bought for more than twice its own pace, counted from the last purchase or the return
    slower          two gaps or more since the return, and their median above one and a half times its own pace

    pace 30; back on 1 March, bought on 5 March   →   silent again from 5 May on
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from vitalfew.accounts.remembered import remembered
from vitalfew.recoveries.buying import Span, bought
from vitalfew.recoveries.models import Recovery
from vitalfew.recoveries.words import Pace
from vitalfew.warehouse import scorecards

BEFORE: Final = timedelta(days=3 * 365)
ABSENCE: Final = 365
FEWEST: Final = 3
USUAL: Final = 60.0
SILENT: Final = 2.0
SLOWER: Final = 1.5
FEWEST_SINCE: Final = 2


@dataclass(frozen=True)
class Watched:
    """How an account that came back buys."""

    pace: Pace
    gap: float
    """Its own pace before it left, in days."""
    days: int
    """Days with a purchase since it came back."""
    latest: date | None
    sales: float


def watched(days: Sequence[date], back: date, as_of: date, sales: float = 0.0) -> Watched:
    """By its days of buying, the earliest first, and the day on which it came back."""
    before, since = [day for day in days if day < back], [day for day in days if day >= back]
    gap = _pace(before)
    latest = since[-1] if since else None
    return Watched(_told(since, back, as_of, gap), gap, len(since), latest, sales)


def _pace(days: Sequence[date]) -> float:
    gaps = [gap for gap in _gaps(days) if gap <= ABSENCE]
    return median(gaps) if len(gaps) >= FEWEST else USUAL


def _gaps(days: Sequence[date]) -> list[int]:
    return [(later - earlier).days for earlier, later in pairwise(days)]


def _told(since: Sequence[date], back: date, as_of: date, gap: float) -> Pace:
    if (as_of - (since[-1] if since else back)).days > SILENT * gap:
        return Pace.SILENT
    if not since:
        return Pace.WAITING
    gaps = _gaps(since)
    slow = len(gaps) >= FEWEST_SINCE and median(gaps) > SLOWER * gap
    return Pace.SLOWER if slow else Pace.BUYING


def watch(rows: Sequence[Recovery]) -> dict[int, Watched]:
    """Of accounts that came back, by the attempt's number; worked out once a refresh."""
    refresh = scorecards.current()
    known = [row for row in rows if row.settled_on]
    if refresh is None or not known:
        return {}
    name = "win-back-watch:" + ",".join(f"{row.pk}-{row.settled_on}" for row in known)
    return remembered(refresh, name, lambda: _read(known, refresh.as_of, refresh.currency))


def _read(rows: Sequence[Recovery], as_of: date, currency: str) -> dict[int, Watched]:
    backs = [row.settled_on or as_of for row in rows]
    spans = [Span(row.account.codes, back - BEFORE, as_of) for row, back in zip(rows, backs, strict=True)]
    since = [Span(span.codes, back - timedelta(days=1), as_of) for span, back in zip(spans, backs, strict=True)]
    found, sales = bought(spans, currency), bought(since, currency)
    together = zip(rows, backs, found, sales, strict=True)
    return {row.pk: watched(each.days, back, as_of, after.sales) for row, back, each, after in together}
