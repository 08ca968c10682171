from collections.abc import Collection, Mapping

from vitalfew.complaints import questions
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.people.models import User
from vitalfew.rooms import Spot

KIND = "complaint"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Complaints that the user may see; one whose account nobody knows cannot be commented on yet."""
    if not user.may(ComplaintRight.SEE):
        return {}
    rows = questions.complaints(user).filter(pk__in=numbers).exclude(account=None)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
