"""What service journeys keep of a person of the customer's: names in what was found and why something ended."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.journeys.models import Check, Journey
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

OF_JOURNEY: Final = ("title", "why")
OF_CHECK: Final = ("title", "how", "note")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _journeys(traces).select_related("account"):
        yield {
            "kind": "service journey", "day": row.opened_on, "account": row.account.code,
            **{name: getattr(row, name) for name in OF_JOURNEY},
        }  # fmt: skip
    for check in _checks(traces).select_related("journey__account"):
        yield {
            "kind": "check of a service journey", "day": check.settled_on or check.due, "account": check.account.code,
            **{name: getattr(check, name) for name in OF_CHECK},
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """The name leaves the texts; that the check was done stays."""
    for row in _journeys(traces):
        erase(traces, row, OF_JOURNEY)
    for check in _checks(traces):
        erase(traces, check, OF_CHECK)


def _journeys(traces: Traces) -> Any:
    return Journey.objects.filter(naming(traces, OF_JOURNEY), account__code__in=traces.accounts)


def _checks(traces: Traces) -> Any:
    return Check.objects.filter(naming(traces, OF_CHECK), journey__account__code__in=traces.accounts)
