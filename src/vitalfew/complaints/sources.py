from django.utils.translation import gettext as _

from vitalfew.accounts.models import Account
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.people.models import User
from vitalfew.rooms import Begun, Source


def _complaint(user: User, account: Account, number: str) -> Begun | None:
    """One of the account's, which the user sees."""
    rows = (
        Complaint.objects.visible_to(user).filter(account=account, number=number)
        if user.may(ComplaintRight.SEE)
        else []
    )
    for row in rows:
        return Begun(
            row.get_absolute_url(), _("Settle complaint %(number)s") % {"number": row.number}, reference=row.number
        )
    return None


SOURCES = (Source("complaint", "complaint", _complaint),)
