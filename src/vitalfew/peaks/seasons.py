"""The peaks found in the data: of the kept result of the analysis ``peak-season``, and which come soon without an agreement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.catalogue import Refusal
from vitalfew.language import Message
from vitalfew.peaks.models import Peak
from vitalfew.terms import Follows
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.run import day_of

AHEAD: Final = timedelta(days=90)
"""So long before a peak it is time to talk about it."""


@dataclass(frozen=True)
class Found:
    """A peak of the calendar, with its evidence."""

    code: str
    category: str
    follows: Follows
    months: str
    index: float
    low: float
    high: float
    years: int
    begins: date
    ends: date
    last: float
    account: Account | None = None


@dataclass(frozen=True)
class Calendar:
    """What is found, or why nothing is."""

    rows: list[Found]
    refused: Message | None = None
    as_of: date | None = None


def calendar(codes: Iterable[str] | None = None) -> Calendar:
    """Of these accounts, the soonest first."""
    refresh = scorecards.current()
    if refresh is None:
        return Calendar([])
    try:
        table = scorecards.result(settings.HOME, refresh, "peak-season").table
    except Refusal as refused:
        return Calendar([], refused.message, refresh.as_of)
    if codes is not None:
        table = table.filter(pc.is_in(table["customer"], pa.array(list(codes), pa.string())))
    rows = [_found(row) for row in table.to_pylist()]
    return Calendar(sorted(rows, key=lambda row: (row.begins, row.code, row.category)), None, refresh.as_of)


def _found(row: dict[str, Any]) -> Found:
    plain = {name: row[name] for name in ("category", "months", "index", "low", "high", "years", "last")}
    begins, ends = (day_of(row[name]) for name in ("begins", "ends"))
    follows = next(each for each in Follows if each == row["follows"])
    return Found(row["customer"], follows=follows, begins=begins, ends=ends, **plain)


def unspoken(accounts: Iterable[Account], today: date | None = None) -> list[Found]:
    """Those that begin soon and for which nothing is written down."""
    today, by_code = today or timezone.localdate(), {each.code: each for each in accounts}
    if not by_code:
        return []
    soon = [row for row in calendar(by_code).rows if today < row.begins <= today + AHEAD]
    spoken = {
        (code, category) for code, category, begins in Peak.objects.filter(
            put_away_at=None, account__code__in=by_code, ends__gte=today
        ).values_list("account__code", "category", "begins") if begins <= today + 2 * AHEAD
    }  # fmt: skip
    left = [row for row in soon if (row.code, row.category) not in spoken and (row.code, "") not in spoken]
    return [Found(**{**vars(row), "account": by_code[row.code]}) for row in left]


def address(row: Found) -> str:
    """Where one begins to agree on it, with what is known."""
    known = {
        "account": row.code, "category": row.category, "begins": row.begins, "ends": row.ends, "follows": row.follows.value
    }  # fmt: skip
    return f"{reverse('peak-new')}?{urlencode(known)}"
