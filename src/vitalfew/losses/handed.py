from typing import Any

from vitalfew.losses.models import Loss
from vitalfew.losses.words import LossState
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _waiting(account: Any, giver: Any) -> Any:
    return Loss.objects.filter(account=account, talker=giver, state=LossState.WAITING, put_away_at=None)


HANDED = (Handed(_("Talks with lost accounts"), "talker", _waiting),)
