from collections.abc import Collection, Mapping

from vitalfew.people.models import User
from vitalfew.rescues import questions
from vitalfew.rescues.rights import RescueRight
from vitalfew.rooms import Spot

KIND = "rescue"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Plans that the user may see."""
    if not user.may(RescueRight.SEE):
        return {}
    rows = questions.rescues(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
