from typing import Any

from vitalfew.recoveries.models import Recovery, RecoveryStep
from vitalfew.recoveries.words import RecoveryState, StepState
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _

ASKS = (RecoveryState.RUNNING, RecoveryState.RETURNED)
"""An attempt under way, or an account that is watched."""


def _recoveries(account: Any, giver: Any) -> Any:
    return Recovery.objects.filter(account=account, owner=giver, state__in=ASKS, put_away_at=None)


def _steps(account: Any, giver: Any) -> Any:
    rows = RecoveryStep.objects.filter(recovery__account=account, owner=giver, state=StepState.OPEN, put_away_at=None)
    return rows.filter(recovery__state=RecoveryState.RUNNING, recovery__put_away_at=None)


HANDED = (
    Handed(_("Attempts to win back"), "owner", _recoveries),
    Handed(_("Steps of attempts to win back"), "owner", _steps),
)
