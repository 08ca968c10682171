"""What answers to advice keep of a person of the customer's: names in what was noted."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.advice.models import Advice
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

TEXTS: Final = ("note", "outcome")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        texts = {name: getattr(row, name) for name in TEXTS}
        yield {"kind": "advice", "day": row.answered_on, "account": row.account.code, **texts}


def forget(traces: Traces) -> None:
    """The name leaves the texts."""
    for row in _rows(traces):
        erase(traces, row, TEXTS)


def _rows(traces: Traces) -> Any:
    return Advice.objects.filter(naming(traces, TEXTS), account__code__in=traces.accounts)
