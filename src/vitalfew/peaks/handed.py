from typing import Any

from vitalfew.peaks.models import Peak
from vitalfew.peaks.words import PeakState
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _open(account: Any, giver: Any) -> Any:
    return Peak.objects.filter(account=account, owner=giver, put_away_at=None).exclude(state=PeakState.CLOSED)


HANDED = (Handed(_("Peak seasons"), "owner", _open),)
