"""What preferences keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from vitalfew.people.traces import erase, naming
from vitalfew.preferences.models import Preference
from vitalfew.rooms import Traces

TEXTS: Final = ("text", "evidence")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        texts = {name: getattr(row, name) for name in TEXTS}
        yield {"kind": "preference", "day": row.seen_on, "account": row.account.code, "works": row.works, **texts}


def forget(traces: Traces) -> None:
    """What is of the person alone goes; from the texts of others the name is taken out."""
    Preference.objects.filter(person__in=traces.people).delete()
    for row in _rows(traces):
        erase(traces, row, TEXTS)


def _rows(traces: Traces) -> Any:
    named = naming(traces, TEXTS) & Q(account__code__in=traces.accounts)
    return Preference.objects.filter(Q(person__in=traces.people) | named)
