from typing import Any

from vitalfew.promises.models import Promise
from vitalfew.promises.words import PromiseState
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _open(account: Any, giver: Any) -> Any:
    return Promise.objects.filter(account=account, owner=giver, state=PromiseState.OPEN, put_away_at=None)


HANDED = (Handed(_("Promises"), "owner", _open),)
