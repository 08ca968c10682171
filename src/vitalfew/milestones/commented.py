from collections.abc import Collection, Mapping

from vitalfew.milestones import questions
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.people.models import User
from vitalfew.rooms import Spot

KIND = "milestone"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Milestones that the user may see."""
    if not user.may(MilestoneRight.SEE):
        return {}
    rows = questions.milestones(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
