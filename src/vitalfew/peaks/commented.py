from collections.abc import Collection, Mapping

from vitalfew.peaks import questions
from vitalfew.peaks.rights import PeakRight
from vitalfew.people.models import User
from vitalfew.rooms import Spot

KIND = "peak"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Agreements on peaks that the user may see."""
    if not user.may(PeakRight.SEE):
        return {}
    rows = questions.peaks(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
