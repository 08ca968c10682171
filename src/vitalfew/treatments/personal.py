"""What treatments keep of a person of the customer's: names in what was written, and to whom one parted."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces
from vitalfew.treatments.models import Treatment

TEXTS: Final = ("why", "letter", "outcome")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        texts = {name: getattr(row, name) for name in TEXTS}
        yield {"kind": "treatment", "day": row.begun_on or row.made_at.date(), "account": row.account.code, **texts}


def forget(traces: Traces) -> None:
    """The name leaves the texts; nobody is written to any more."""
    for row in _rows(traces):
        erase(traces, row, TEXTS)
    Treatment.objects.filter(person__in=traces.people).update(person=None)


def _rows(traces: Traces) -> Any:
    return Treatment.objects.filter(naming(traces, TEXTS), account__code__in=traces.accounts)
