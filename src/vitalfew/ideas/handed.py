from typing import Any

from vitalfew.ideas.models import Idea
from vitalfew.ideas.words import OPEN
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _open(account: Any, giver: Any) -> Any:
    return Idea.objects.filter(account=account, owner=giver, state__in=OPEN, put_away_at=None)


HANDED = (Handed(_("Ideas"), "owner", _open),)
