from collections.abc import Collection, Mapping

from vitalfew.journeys import questions
from vitalfew.journeys.rights import JourneyRight
from vitalfew.people.models import User
from vitalfew.rooms import Spot

KIND = "journey"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Journeys that the user may see."""
    if not user.may(JourneyRight.SEE):
        return {}
    rows = questions.journeys(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
