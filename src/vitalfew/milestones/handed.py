from typing import Any

from vitalfew.milestones.models import Milestone
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _ahead(account: Any, giver: Any) -> Any:
    return Milestone.objects.filter(account=account, owner=giver, next_on__isnull=False, put_away_at=None)


HANDED = (Handed(_("Milestones"), "owner", _ahead),)
