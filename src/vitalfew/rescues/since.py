"""What the figures advise against a cause is being done where a plan is under way."""

from collections.abc import Collection
from datetime import date
from typing import Final

from vitalfew.proposals import BY_CAUSE
from vitalfew.rescues.models import Rescue
from vitalfew.rescues.words import RescueState

ADVISED: Final = {cause.value: action.value for cause, action in BY_CAUSE.items()}


def done(codes: Collection[str], day: date) -> dict[tuple[str, str], date]:  # noqa: ARG001  (a plan stands for what was advised on any day)
    """The account and the action that its plan stands for, and since when."""
    rows = Rescue.objects.filter(account__code__in=codes, state=RescueState.RUNNING, put_away_at=None)
    return {(code, ADVISED[cause]): on for code, cause, on in rows.values_list("account__code", "cause", "begun_on")}
