"""What rescue plans keep of a person of the customer's: names in what was written."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.people.traces import erase, naming
from vitalfew.rescues.models import Rescue, RescueStep
from vitalfew.rooms import Traces

OF_RESCUE: Final = ("why", "outcome")
OF_STEP: Final = ("title", "note")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rescues(traces).select_related("account"):
        texts = {name: getattr(row, name) for name in OF_RESCUE}
        yield {"kind": "rescue plan", "day": row.begun_on, "account": row.account.code, **texts}
    for step in _steps(traces).select_related("rescue__account"):
        texts = {name: getattr(step, name) for name in OF_STEP}
        yield {"kind": "step of a rescue plan", "day": step.due, "account": step.account.code, **texts}


def forget(traces: Traces) -> None:
    """The name leaves the texts."""
    for row in _rescues(traces):
        erase(traces, row, OF_RESCUE)
    for step in _steps(traces):
        erase(traces, step, OF_STEP)


def _rescues(traces: Traces) -> Any:
    return Rescue.objects.filter(naming(traces, OF_RESCUE), account__code__in=traces.accounts)


def _steps(traces: Traces) -> Any:
    return RescueStep.objects.filter(naming(traces, OF_STEP), rescue__account__code__in=traces.accounts)
