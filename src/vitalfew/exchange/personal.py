"""What the exchange of data keeps of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from vitalfew.exchange.models import DataExchange
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

TEXTS: Final = ("note",)


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        yield {"kind": "exchange of data", "day": row.since, "account": row.account.code, "note": row.note}


def forget(traces: Traces) -> None:
    """The name leaves the notes; that data is exchanged stays."""
    for row in _rows(traces):
        erase(traces, row, TEXTS)
    DataExchange.objects.filter(person__in=traces.people).update(person=None)


def _rows(traces: Traces) -> Any:
    named = naming(traces, TEXTS) & Q(account__code__in=traces.accounts)
    return DataExchange.objects.filter(Q(person__in=traces.people) | named)
