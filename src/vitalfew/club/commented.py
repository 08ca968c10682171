from collections.abc import Collection, Mapping

from vitalfew.club import questions
from vitalfew.club.rights import ClubRight
from vitalfew.people.models import User
from vitalfew.rooms import Spot

KIND = "club-member"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Memberships of accounts that the user may see."""
    if not user.may(ClubRight.SEE):
        return {}
    rows = questions.members(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
