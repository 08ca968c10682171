"""What the log keeps of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from vitalfew.activities.indexing import index
from vitalfew.activities.models import Activity, Present
from vitalfew.people.traces import naming
from vitalfew.rooms import Traces


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account", "who"):
        yield {
            "kind": "activity", "day": row.day, "way": row.way, "account": row.account.code, "who": str(row.who or ""),
            "text": row.text,
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """With whom it was is forgotten, and the name leaves the texts; that there was a visit stays."""
    for row in _rows(traces):
        row.text = traces.erased_from(row.text)
        Activity.objects.filter(pk=row.pk).update(text=row.text, version=row.version + 1)
        index([row])
    Activity.objects.filter(person__in=traces.people).update(person=None)
    Present.objects.filter(person__in=traces.people).delete()


def _rows(traces: Traces) -> Any:
    """Those with the person, and those of the accounts whose text names him or her."""
    named = naming(traces, ("text",))
    there = Present.objects.filter(person__in=traces.people).values("activity")
    met = Q(person__in=traces.people) | Q(pk__in=there)
    return Activity.objects.filter(met | (Q(account__code__in=traces.accounts) & named))
