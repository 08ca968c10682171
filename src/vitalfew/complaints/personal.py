"""What customers wrote in complaints may name a person; the facts tell it, and the words that are searched forget it too."""

from collections.abc import Iterator, Mapping
from typing import Any

from vitalfew.complaints.indexing import index
from vitalfew.complaints.models import Complaint
from vitalfew.rooms import Traces


def told(_traces: Traces) -> Iterator[Mapping[str, Any]]:
    """Nothing that the facts do not tell."""
    return iter(())


def forget(traces: Traces) -> None:
    rows = [row for row in Complaint.objects.filter(account__code__in=traces.accounts) if traces.are_in(row.text)]
    for row in rows:
        row.text = traces.erased_from(row.text)
    Complaint.objects.bulk_update(rows, ["text"])
    index(rows)
