"""What reviews keep of a person of the customer's: a name in the reason of a decision."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from vitalfew.reviews.models import Decision
from vitalfew.rooms import Traces


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("review"):
        yield {"kind": "tier decision", "day": row.review.as_of, "account": row.customer, "reason": row.reason}


def forget(traces: Traces) -> None:
    """The name leaves the reason; the tier that was decided stays."""
    for row in _rows(traces):
        reason = traces.erased_from(row.reason)
        Decision.objects.filter(pk=row.pk).update(reason=reason, version=row.version + 1)


def _rows(traces: Traces) -> Any:
    named = Q(pk=None)
    for word in traces.words | traces.names:
        named |= Q(reason__icontains=word)
    return Decision.objects.filter(named, customer__in=traces.accounts)
