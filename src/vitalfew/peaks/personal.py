"""What peak seasons keep of a person of the customer's: who agreed, and names in their texts."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.peaks.models import Arrangement, Peak
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

TEXTS: Final = ("view", "commitment", "agreed_with", "lesson")
OF_ARRANGEMENTS: Final = ("text", "reason")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        texts = {name: getattr(row, name) for name in TEXTS}
        yield {"kind": "peak season", "day": row.begins, "account": row.account.code, **texts}
    for asked in _asked(traces):
        yield {"kind": "asked of production or transport", "text": asked.text, "reason": asked.reason}


def forget(traces: Traces) -> None:
    for row in list(_rows(traces)):
        erase(traces, row, TEXTS)
    for asked in list(_asked(traces)):
        erase(traces, asked, OF_ARRANGEMENTS)


def _rows(traces: Traces) -> Any:
    return Peak.objects.filter(naming(traces, TEXTS), account__code__in=traces.accounts)


def _asked(traces: Traces) -> Any:
    return Arrangement.objects.filter(naming(traces, OF_ARRANGEMENTS), peak__account__code__in=traces.accounts)
