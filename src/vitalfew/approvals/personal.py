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
        account = row.account.code if row.account else None
        yield {"kind": "approval", "day": row.asked_at.date(), "account": account, **texts}
    for step in _steps(traces):
        yield {"kind": "approval step", "day": step.at.date(), "note": step.note}


def forget(traces: Traces) -> None:
    """The name leaves the words; that it was asked for and decided stays."""
    for row in _rows(traces):
        names = TEXTS if row.number is None else ("why",)
        texts = {name: traces.erased_from(getattr(row, name)) for name in names}
        Approval.objects.filter(pk=row.pk).update(**texts, version=row.version + 1)
    for step in _steps(traces):
        Step.objects.filter(pk=step.pk).update(note=traces.erased_from(step.note))


def _rows(traces: Traces) -> Any:
    """Those that name the person, about the accounts where he or she was heard of, or about none."""
    words = (_named(traces, ("what",)) & Q(number=None)) | _named(traces, ("why",))
    return Approval.objects.filter(words, _at(traces, "account"))


def _steps(traces: Traces) -> Any:
    return Step.objects.filter(_named(traces, ("note",)), _at(traces, "approval__account"))


def _at(traces: Traces, account: str) -> Q:
    return Q(**{f"{account}__code__in": traces.accounts}) | Q(**{account: None})


def _named(traces: Traces, texts: tuple[str, ...]) -> Q:
    found = Q(pk=None)
    for name in texts:
        for word in traces.words | traces.names:
            found |= Q(**{f"{name}__icontains": word})
    return found
