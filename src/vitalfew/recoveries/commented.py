from collections.abc import Collection, Mapping

from vitalfew.people.models import User
from vitalfew.recoveries import questions
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.rooms import Spot

KIND = "recovery"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Attempts that the user may see."""
    if not user.may(RecoveryRight.SEE):
        return {}
    rows = questions.recoveries(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
