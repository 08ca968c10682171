from collections.abc import Collection, Mapping

from vitalfew.people.models import User
from vitalfew.rooms import Spot
from vitalfew.visits import questions
from vitalfew.visits.rights import VisitRight

KIND = "visit"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Visits that the user may see, each with the first of its accounts that he sees."""
    if not user.may(VisitRight.SEE):
        return {}
    rows = questions.visits(user).filter(pk__in=numbers)
    first = ((row, next(iter(row.parts.all()), None)) for row in rows)
    return {row.pk: Spot(part.account, row.get_absolute_url()) for row, part in first if part}
