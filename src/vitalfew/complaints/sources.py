from django.utils.translation import gettext as _

from vitalfew.accounts.models import Account
from vitalfew.complaints.models import Complaint
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Begun, Source


def _complaint(user: User, account: Account, number: str) -> Begun | None:
    """One of the account's, which the user sees."""
    row = Complaint.objects.filter(account=account, number=number).first() if user.may(Right.ACCOUNTS) else None
    if row is None:
        return None
    return Begun(
        row.get_absolute_url(), _("Settle complaint %(number)s") % {"number": row.number}, reference=row.number
    )


SOURCES = (Source("complaint", "complaint", _complaint),)
