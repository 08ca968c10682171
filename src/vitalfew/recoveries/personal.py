"""What attempts to win back keep of a person of the customer's: names in what was written."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.people.traces import erase, naming
from vitalfew.recoveries.models import Recovery, RecoveryStep
from vitalfew.rooms import Traces

OF_ATTEMPT: Final = ("offer", "outcome")
OF_STEP: Final = ("title", "note")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _attempts(traces).select_related("account", "winback_round"):
        texts = {name: getattr(row, name) for name in OF_ATTEMPT}
        yield {"kind": "attempt to win back", "day": row.winback_round.begun_on, "account": row.account.code, **texts}
    for step in _steps(traces).select_related("recovery__account"):
        texts = {name: getattr(step, name) for name in OF_STEP}
        yield {"kind": "step of an attempt to win back", "day": step.due, "account": step.account.code, **texts}


def forget(traces: Traces) -> None:
    """The name leaves the texts."""
    for row in _attempts(traces):
        erase(traces, row, OF_ATTEMPT)
    for step in _steps(traces):
        erase(traces, step, OF_STEP)


def _attempts(traces: Traces) -> Any:
    return Recovery.objects.filter(naming(traces, OF_ATTEMPT), account__code__in=traces.accounts)


def _steps(traces: Traces) -> Any:
    return RecoveryStep.objects.filter(naming(traces, OF_STEP), recovery__account__code__in=traces.accounts)
