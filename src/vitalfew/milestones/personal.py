"""What milestones keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from vitalfew.milestones.indexing import index
from vitalfew.milestones.models import Celebration, Milestone
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

TEXTS: Final = ("title", "consent")
OF_TIMES: Final = ("what", "reply")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        yield {
            "kind": "milestone", "day": row.day, "account": row.account.code,
            **{name: getattr(row, name) for name in TEXTS},
        }  # fmt: skip
    for each in _times(traces):
        yield {"kind": "milestone came", "day": each.on, "what": each.what, "reply": each.reply}


def forget(traces: Traces) -> None:
    """The person's own days go; from the texts of others the name is taken out."""
    Milestone.objects.filter(person__in=traces.people).delete()
    for row in _rows(traces):
        erase(traces, row, TEXTS)
        index([Milestone.objects.get(pk=row.pk)])
    for each in _times(traces):
        Celebration.objects.filter(pk=each.pk).update(
            **{name: traces.erased_from(getattr(each, name)) for name in OF_TIMES}
        )


def _rows(traces: Traces) -> Any:
    named = naming(traces, TEXTS) & Q(account__code__in=traces.accounts)
    return Milestone.objects.filter(Q(person__in=traces.people) | named)


def _times(traces: Traces) -> Any:
    named = naming(traces, OF_TIMES) & Q(milestone__account__code__in=traces.accounts)
    return Celebration.objects.filter(Q(milestone__person__in=traces.people) | named)
