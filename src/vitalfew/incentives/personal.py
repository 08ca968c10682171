"""What incentives keep of a person of the customer's: a name in evidence or in the reason of a reversal."""

from collections.abc import Iterator, Mapping
from typing import Any

from vitalfew.incentives.models import Booking, Case
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _cases(traces).select_related("account"):
        yield {"kind": "incentive case", "day": row.day, "account": row.account.code, "evidence": row.evidence}
    for booking in _bookings(traces):
        yield {"kind": "incentive booking", "day": booking.made_at.date(), "why": booking.why}


def forget(traces: Traces) -> None:
    """The name leaves the words; what happened stays."""
    for row in _cases(traces):
        erase(traces, row, ("evidence",))
    for booking in _bookings(traces):
        erase(traces, booking, ("why",))


def _cases(traces: Traces) -> Any:
    return Case.objects.filter(naming(traces, ("evidence",)), account__code__in=traces.accounts)


def _bookings(traces: Traces) -> Any:
    return Booking.objects.filter(naming(traces, ("why",)))
