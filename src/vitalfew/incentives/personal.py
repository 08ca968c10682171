"""What incentives keep of a person of the customer's: a name in evidence or in the reason of a reversal."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from vitalfew.incentives.models import Booking, Case
from vitalfew.rooms import Traces


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _cases(traces).select_related("account"):
        yield {"kind": "incentive case", "day": row.day, "account": row.account.code, "evidence": row.evidence}
    for booking in _bookings(traces):
        yield {"kind": "incentive booking", "day": booking.made_at.date(), "why": booking.why}


def forget(traces: Traces) -> None:
    """The name leaves the words; what happened stays."""
    for row in _cases(traces):
        Case.objects.filter(pk=row.pk).update(evidence=traces.erased_from(row.evidence), version=row.version + 1)
    for booking in _bookings(traces):
        Booking.objects.filter(pk=booking.pk).update(why=traces.erased_from(booking.why), version=booking.version + 1)


def _cases(traces: Traces) -> Any:
    return Case.objects.filter(_named(traces, "evidence"), account__code__in=traces.accounts)


def _bookings(traces: Traces) -> Any:
    return Booking.objects.filter(_named(traces, "why"))


def _named(traces: Traces, field: str) -> Q:
    found = Q(pk=None)
    for word in traces.words | traces.names:
        found |= Q(**{f"{field}__icontains": word})
    return found
