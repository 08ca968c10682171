"""What ideas keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from vitalfew.ideas.indexing import index
from vitalfew.ideas.models import Idea, Pilot, Remark
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

TEXTS: Final = ("named", "text", "why", "outcome", "outside_title", "outside_text", "work", "product")
OF_PILOTS: Final = ("measure", "result")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        yield {
            "kind": "idea", "day": row.said_on, "number": row.number, "account": row.account.code if row.account else "",
            **{name: getattr(row, name) for name in TEXTS},
        }  # fmt: skip
    for remark in _remarks(traces):
        yield {"kind": "word about an idea", "day": remark.at.date(), "text": remark.text}
    for pilot in _pilots(traces):
        yield {"kind": "pilot of an idea", "day": pilot.since, "measure": pilot.measure, "result": pilot.result}


def forget(traces: Traces) -> None:
    """Who said it is forgotten, and the name leaves the texts; that there was an idea stays."""
    theirs = list(_rows(traces))
    for row in theirs:
        erase(traces, row, TEXTS)
    for remark in list(_remarks(traces)):
        erase(traces, remark, ("text",))
    for pilot in list(_pilots(traces)):
        erase(traces, pilot, OF_PILOTS)
    Idea.objects.filter(person__in=traces.people).update(person=None, named="")
    index(Idea.objects.filter(pk__in=[row.pk for row in theirs]))


def _rows(traces: Traces) -> Any:
    """Those of the person, and those of the accounts or of colleagues that name him or her."""
    near = Q(account__code__in=traces.accounts) | Q(account=None)
    return Idea.objects.filter(Q(person__in=traces.people) | (naming(traces, TEXTS) & near))


def _remarks(traces: Traces) -> Any:
    return Remark.objects.filter(naming(traces, ("text",)), idea__account__code__in=traces.accounts)


def _pilots(traces: Traces) -> Any:
    return Pilot.objects.filter(naming(traces, OF_PILOTS), account__code__in=traces.accounts)
