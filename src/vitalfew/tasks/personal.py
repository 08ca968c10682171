"""What decisions about lines keep of a person of the customer's: a colleague's note may name him or her."""

from collections.abc import Iterator, Mapping
from typing import Any

from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces
from vitalfew.tasks.models import Decision


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces):
        yield {"kind": "note with a task", "day": row.made_at.date(), "account": row.customer, "text": row.note}


def forget(traces: Traces) -> None:
    """The name leaves the notes; that the line was handed on stays."""
    for row in _rows(traces):
        erase(traces, row, ("note",))


def _rows(traces: Traces) -> Any:
    return Decision.objects.filter(naming(traces, ("note",)), customer__in=traces.accounts)
