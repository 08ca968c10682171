from collections.abc import Collection, Mapping

from vitalfew.losses import questions
from vitalfew.losses.rights import LossRight
from vitalfew.people.models import User
from vitalfew.rooms import Spot

KIND = "loss"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Losses that the user may see."""
    if not user.may(LossRight.SEE):
        return {}
    rows = questions.losses(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
