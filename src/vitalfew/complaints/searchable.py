from collections.abc import Iterator

from vitalfew.accounts.excerpts import excerpt
from vitalfew.accounts.models import Account
from vitalfew.complaints.indexing import INDEX
from vitalfew.complaints.models import Complaint
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Complaints by number and by what the customer said, the latest first."""
    ids = INDEX.matching(text)
    if ids is None or not user.may(Right.ACCOUNTS):
        return
    rows = Complaint.objects.filter(pk__in=ids).select_related("account")
    if not user.sees_all_accounts:
        rows = rows.filter(account__in=Account.objects.visible_to(user))
    for row in rows[:most]:
        said = f"{row.received_on.isoformat()} {excerpt(row.text, text)}"
        yield Hit("complaint", row.number, row.account.name, said, row.get_absolute_url())
