from collections.abc import Collection, Mapping

from vitalfew.people.models import User
from vitalfew.promises import questions
from vitalfew.promises.rights import PromiseRight
from vitalfew.rooms import Spot

KIND = "promise"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Promises that the user may see."""
    if not user.may(PromiseRight.SEE):
        return {}
    rows = questions.promises(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
