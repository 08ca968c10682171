from typing import Any

from vitalfew.feedback.models import Asked
from vitalfew.feedback.words import AskedState
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _unanswered(account: Any, giver: Any) -> Any:
    return Asked.objects.filter(
        account=account, who=giver, state__in=(AskedState.PLANNED, AskedState.ASKED), put_away_at=None
    )


HANDED = (Handed(_("Accounts to ask for feedback"), "who", _unanswered),)
