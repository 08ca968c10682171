from typing import Any

from vitalfew.rescues.models import Rescue, RescueStep
from vitalfew.rescues.words import RescueState, StepState
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _rescues(account: Any, giver: Any) -> Any:
    return Rescue.objects.filter(account=account, owner=giver, state=RescueState.RUNNING, put_away_at=None)


def _steps(account: Any, giver: Any) -> Any:
    rows = RescueStep.objects.filter(rescue__account=account, owner=giver, state=StepState.OPEN, put_away_at=None)
    return rows.filter(rescue__state=RescueState.RUNNING, rescue__put_away_at=None)


HANDED = (
    Handed(_("Rescue plans"), "owner", _rescues), Handed(_("Steps of rescue plans"), "owner", _steps),
)  # fmt: skip
