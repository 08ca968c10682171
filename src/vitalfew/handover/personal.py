"""What handovers keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from vitalfew.handover.models import Handover
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

TEXTS = ("note", "agreed_by", "declined_because")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        yield {
            "kind": "handover", "day": row.made_at.date(), "account": row.account.code, "note": row.note,
            "agreed_by": row.agreed_by, "agreed_on": row.agreed_on,
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """Nobody is to be introduced to the person any more, and the name leaves the texts."""
    for row in _rows(traces):
        erase(traces, row, TEXTS)


def _rows(traces: Traces) -> Any:
    named = Q(person__in=traces.people) | Q(steps__person__in=traces.people)
    named |= Q(account__code__in=traces.accounts) & naming(traces, TEXTS)
    return Handover.objects.filter(named).distinct()
