from collections.abc import Collection, Mapping

from vitalfew.activities import questions
from vitalfew.activities.rights import ActivityRight
from vitalfew.people.models import User
from vitalfew.rooms import Spot

KIND = "activity"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Visits, calls and notes that the user may see."""
    if not user.may(ActivityRight.SEE):
        return {}
    rows = questions.activities(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
