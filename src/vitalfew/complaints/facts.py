"""Complaints taken in here go to the facts, as a newer version of the same row where they change.

Given are those whose severity is known and whose account is known, so that a form filled in for fun is no fact. What came with
an import is in the facts already, and is never given.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

import pyarrow as pa
from django.db.models import Q, Sum
from django.utils import timezone

from vitalfew.complaints.models import Complaint
from vitalfew.complaints.words import Event, Granted
from vitalfew.rooms import OURS

Told = Callable[[frozenset[int]], None]
SCHEMA: Final = pa.schema(
    [
        ("complaint_id", pa.string()), ("customer", pa.string()), ("received_on", pa.date32()), ("channel", pa.string()),
        ("product", pa.string()), ("category", pa.string()), ("text", pa.string()), ("severity", pa.string()),
        ("first_reply_on", pa.date32()), ("closed_on", pa.date32()), ("outcome", pa.string()), ("compensation", pa.float64()),
    ]
)  # fmt: skip


def number(pk: int) -> str:
    """Under which number the facts have it."""
    return f"{OURS}complaint-{pk}"


def facts() -> Iterator[tuple[str, pa.Table, Told]]:
    """The rows that the facts don't know as they are here, and what to do when they are stored."""
    untold = Complaint.objects.filter(told=False, imported=False).exclude(account=None).exclude(severity=None)
    known = untold.filter(Q(put_away_at=None, merged_into=None) | Q(given=True))
    rows = list(known.select_related("account", "merged_into").order_by("pk"))
    if not rows:
        return
    paid = _paid(rows)
    told = [_row(row, paid.get(row.pk)) for row in rows]
    yield "complaints", pa.Table.from_pylist(told, schema=SCHEMA), lambda rejected: _told(rows, rejected)


def _paid(rows: list[Complaint]) -> dict[int, Any]:
    """What each was compensated: the account itself, not who suffered in silence."""
    given = Complaint.objects.filter(pk__in=[row.pk for row in rows], compensations__silent=False)
    given = given.filter(compensations__state=Granted.GIVEN, compensations__put_away_at=None)
    return dict(given.order_by().values_list("pk").annotate(sum=Sum("compensations__amount")))


def _row(row: Complaint, paid: Any) -> dict[str, Any]:
    replied = row.acknowledged_at and timezone.localdate(row.acknowledged_at)
    return {
        "complaint_id": number(row.pk), "customer": row.account.code if row.account else "", "received_on": row.received_on,
        "channel": row.channel, "product": row.product or None, "category": row.category or None, "text": row.text,
        "severity": str(row.severity), "first_reply_on": replied, **_ended(row),
        "compensation": float(paid) if paid else None,
    }  # fmt: skip


def _ended(row: Complaint) -> dict[str, Any]:
    """When and how it ended; what was merged or put away after the facts had it ends there on that day."""
    gone = f"= {row.merged_into}" if row.merged_into else "–" if row.put_away_at else ""
    if gone:
        return {"closed_on": row.closed_on or _gone_on(row), "outcome": gone}
    return {"closed_on": row.closed_on, "outcome": row.outcome or None}


def _gone_on(row: Complaint) -> date:
    """The day on which it was merged or put away, whatever is corrected later."""
    merged = row.steps.filter(what=Event.MERGED).order_by("-at").first() if row.merged_into_id else None
    return timezone.localdate(merged.at if merged else row.put_away_at or row.changed_at)


def _told(rows: list[Complaint], rejected: frozenset[int]) -> None:
    """Those that were taken, and were not changed meanwhile."""
    for place, row in enumerate(rows):
        if place not in rejected:
            Complaint.objects.filter(pk=row.pk, version=row.version).update(told=True, given=True)
