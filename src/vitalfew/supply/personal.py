"""What supply keeps of a person: a name that somebody wrote into a note."""

from collections.abc import Iterator, Mapping
from typing import Any

from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces
from vitalfew.supply.models import Allotment, Incoming, LeadTime, Override, Stocked

KINDS = (
    (Incoming, "note"), (LeadTime, "note"), (Stocked, "snoozed_why"), (Allotment, "note"), (Allotment, "name"),
    (Override, "note"),
)  # fmt: skip


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row, name in _rows(traces):
        yield {"kind": "note of supply", "text": getattr(row, name)}


def forget(traces: Traces) -> None:
    for row, name in list(_rows(traces)):
        erase(traces, row, (name,))


def _rows(traces: Traces) -> Iterator[tuple[Any, str]]:
    for kind, name in KINDS:
        yield from ((row, name) for row in kind.objects.filter(naming(traces, (name,))))
