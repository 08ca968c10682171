"""What visits keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Model, Q

from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces
from vitalfew.visits.indexing import index
from vitalfew.visits.models import FollowUp, Rescheduled, Visit, VisitAccount, VisitPerson

TEXTS: Final = ("topic", "place", "result", "why", "reason")
BESIDE: Final[tuple[tuple[type[Model], str], ...]] = (
    (VisitAccount, "outcome"), (FollowUp, "what"), (Rescheduled, "why"),
)  # fmt: skip
"""What belongs to a visit and holds words."""


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).prefetch_related("parts__account"):
        accounts = ", ".join(part.account.code for part in row.parts.all())
        yield {"kind": "visit", "day": row.day, "account": accounts, **{name: getattr(row, name) for name in TEXTS}}
    for kind, name in BESIDE:
        for each in _beside(kind, name, traces):
            yield {"kind": "of a visit", "day": each.visit.day, name: getattr(each, name)}


def forget(traces: Traces) -> None:
    """Who was to be met or was met is forgotten, and the name leaves the texts; that there was a visit stays."""
    for row in _rows(traces):
        erase(traces, row, TEXTS)
        index([Visit.objects.get(pk=row.pk)])
    for kind, name in BESIDE:
        for each in _beside(kind, name, traces):
            _all(kind).filter(pk=each.pk).update(**{name: traces.erased_from(getattr(each, name))})
    VisitPerson.objects.filter(person__in=traces.people).delete()


def _rows(traces: Traces) -> Any:
    """Those to the person, and those at the accounts whose words name him or her."""
    met = VisitPerson.objects.filter(person__in=traces.people).values("visit")
    return Visit.objects.filter(Q(pk__in=met) | (naming(traces, TEXTS) & Q(pk__in=_at(traces))))


def _beside(kind: Any, name: str, traces: Traces) -> Any:
    return _all(kind).filter(naming(traces, (name,)), visit__in=_at(traces)).select_related("visit")


def _all(kind: type[Model]) -> Any:
    return kind._default_manager.all()  # noqa: SLF001  (as Django calls it)


def _at(traces: Traces) -> Any:
    return VisitAccount.objects.filter(account__code__in=traces.accounts).values("visit")
