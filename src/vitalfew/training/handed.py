from typing import Any

from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _
from vitalfew.training.models import Company, Session
from vitalfew.training.words import SessionState


def _ahead(account: Any, giver: Any) -> Any:
    """Those planned for this account alone; what several are invited to stays with its trainer."""
    rows = Session.objects.filter(trainer=giver, state=SessionState.PLANNED, put_away_at=None)
    invited = Company.objects.filter(put_away_at=None)
    others = invited.exclude(account=account).values("session")
    return rows.filter(pk__in=invited.filter(account=account).values("session")).exclude(pk__in=others)


HANDED = (Handed(_("Planned training sessions"), "trainer", _ahead),)
