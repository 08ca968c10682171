from typing import Any

from vitalfew.exchange.models import DataExchange
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _open(account: Any, giver: Any) -> Any:
    return DataExchange.objects.filter(account=account, owner=giver, put_away_at=None)


HANDED = (Handed(_("Data exchange"), "owner", _open),)
