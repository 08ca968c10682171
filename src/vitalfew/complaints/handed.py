from typing import Any

from vitalfew.complaints.models import Complaint
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _open(account: Any, giver: Any) -> Any:
    return Complaint.objects.running().filter(account=account, owner=giver)


HANDED = (Handed(_("Complaints"), "owner", _open),)
