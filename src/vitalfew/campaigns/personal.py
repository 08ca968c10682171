"""What campaigns keep of a person of the customer's: names in their texts. What was sent to him is the outbox's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.campaigns.models import Campaign
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

TEXTS: Final = ("aim", "lessons")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces):
        yield {"kind": "campaign", "day": row.since, "aim": row.aim, "lessons": row.lessons}


def forget(traces: Traces) -> None:
    """The name leaves the texts."""
    for row in list(_rows(traces)):
        erase(traces, row, TEXTS)


def _rows(traces: Traces) -> Any:
    """Campaigns in which an account of his is."""
    near = Campaign.objects.filter(targets__account__code__in=traces.accounts)
    return Campaign.objects.filter(naming(traces, TEXTS), pk__in=near.order_by().values("pk"))
