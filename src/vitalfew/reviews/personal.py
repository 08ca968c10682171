"""What reviews keep of a person of the customer's: a name in the reason of a decision."""

from collections.abc import Iterator, Mapping
from typing import Any

from vitalfew.people.traces import erase, naming
from vitalfew.reviews.models import Decision
from vitalfew.rooms import Traces


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("review"):
        yield {"kind": "tier decision", "day": row.review.as_of, "account": row.customer, "reason": row.reason}


def forget(traces: Traces) -> None:
    """The name leaves the reason; the tier that was decided stays."""
    for row in _rows(traces):
        erase(traces, row, ("reason",))


def _rows(traces: Traces) -> Any:
    return Decision.objects.filter(naming(traces, ("reason",)), customer__in=traces.accounts)
