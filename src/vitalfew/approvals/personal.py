"""What approvals keep of a person of the customer's: a name in their words."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from vitalfew.approvals.models import Approval, Step
from vitalfew.people.traces import erase, naming
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
        erase(traces, row, names)
    for step in _steps(traces):
        erase(traces, step, ("note",))


def _rows(traces: Traces) -> Any:
    """Those that name the person, about the accounts where he or she was heard of, or about none."""
    words = (naming(traces, ("what",)) & Q(number=None)) | naming(traces, ("why",))
    return Approval.objects.filter(words, _at(traces, "account"))


def _steps(traces: Traces) -> Any:
    return Step.objects.filter(naming(traces, ("note",)), _at(traces, "approval__account"))


def _at(traces: Traces, account: str) -> Q:
    return Q(**{f"{account}__code__in": traces.accounts}) | Q(**{account: None})
