from typing import Any

from vitalfew.journeys.models import Check, Journey
from vitalfew.journeys.words import CheckState
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _journeys(account: Any, giver: Any) -> Any:
    return Journey.objects.filter(account=account, owner=giver, closed_on=None, put_away_at=None)


def _checks(account: Any, giver: Any) -> Any:
    rows = Check.objects.filter(journey__account=account, journey__put_away_at=None, owner=giver, put_away_at=None)
    return rows.filter(state=CheckState.OPEN)


HANDED = (
    Handed(_("Service journeys"), "owner", _journeys), Handed(_("Checks of service journeys"), "owner", _checks),
)  # fmt: skip
