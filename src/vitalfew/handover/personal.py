"""What handovers keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from vitalfew.handover.models import Handover
from vitalfew.rooms import Traces

TEXTS = ("note", "agreed_by", "declined_because")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        yield {
            "kind": "handover", "day": row.made_at.date(), "account": row.account.code, "note": row.note,
            "agreed_by": row.agreed_by, "agreed_on": row.agreed_on,
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """Nobody is to be introduced to the person any more, and the name leaves the texts."""
    for row in _rows(traces):
        texts = {name: traces.erased_from(getattr(row, name)) for name in TEXTS}
        Handover.objects.filter(pk=row.pk).update(**texts, version=row.version + 1)


def _rows(traces: Traces) -> Any:
    named = Q(person__in=traces.people) | Q(steps__person__in=traces.people)
    for word in traces.words | traces.names:
        for name in TEXTS:
            named |= Q(account__code__in=traces.accounts, **{f"{name}__icontains": word})
    return Handover.objects.filter(named).distinct()
