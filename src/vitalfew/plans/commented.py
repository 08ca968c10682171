from collections.abc import Collection, Mapping

from vitalfew.people.models import User
from vitalfew.plans import questions
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.rooms import Spot

KIND = "plan"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Plans that the user may see."""
    if not user.may(AccountPlanRight.SEE):
        return {}
    rows = questions.plans(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
