from typing import Any

from vitalfew.advice.models import Advice
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _open(account: Any, giver: Any) -> Any:
    return Advice.objects.under_way().filter(account=account, owner=giver)


HANDED = (Handed(_("Accepted advice"), "owner", _open),)
