from typing import Any

from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _
from vitalfew.treatments.models import Treatment
from vitalfew.treatments.words import OPEN


def _open(account: Any, giver: Any) -> Any:
    return Treatment.objects.filter(account=account, owner=giver, state__in=OPEN, put_away_at=None)


HANDED = (Handed(_("Treatments of loss-makers"), "owner", _open),)
