"""What approvals keep of a person of the customer's: a name in their words."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from vitalfew.approvals.models import Approval, Step
from vitalfew.rooms import Traces

TEXTS: Final = ("what", "why")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        texts = {name: getattr(row, name) for name in TEXTS}
        yield {"kind": "approval", "day": row.asked_at.date(), "account": row.account.code, **texts}
    for step in _steps(traces):
        yield {"kind": "approval step", "day": step.at.date(), "note": step.note}


def forget(traces: Traces) -> None:
    """The name leaves the words; that it was asked for and decided stays."""
    for row in _rows(traces):
        texts = {name: traces.erased_from(getattr(row, name)) for name in TEXTS}
        Approval.objects.filter(pk=row.pk).update(**texts, version=row.version + 1)
    for step in _steps(traces):
        Step.objects.filter(pk=step.pk).update(note=traces.erased_from(step.note))


def _rows(traces: Traces) -> Any:
    """Those asked for in words; what rooms ask for names no person."""
    return Approval.objects.filter(_named(traces, TEXTS), number=None, account__code__in=traces.accounts)


def _steps(traces: Traces) -> Any:
    return Step.objects.filter(_named(traces, ("note",)), approval__account__code__in=traces.accounts)


def _named(traces: Traces, texts: tuple[str, ...]) -> Q:
    found = Q(pk=None)
    for name in texts:
        for word in traces.words | traces.names:
            found |= Q(**{f"{name}__icontains": word})
    return found
