"""What decisions about lines keep of a person of the customer's: a colleague's note may name him or her."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from vitalfew.rooms import Traces
from vitalfew.tasks.models import Decision


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces):
        yield {"kind": "note with a task", "day": row.made_at.date(), "account": row.customer, "text": row.note}


def forget(traces: Traces) -> None:
    """The name leaves the notes; that the line was handed on stays."""
    for row in _rows(traces):
        Decision.objects.filter(pk=row.pk).update(note=traces.erased_from(row.note))


def _rows(traces: Traces) -> Any:
    named = Q(pk=None)
    for word in traces.words | traces.names:
        named |= Q(note__icontains=word)
    return Decision.objects.filter(named, customer__in=traces.accounts)
