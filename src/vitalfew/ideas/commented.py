from collections.abc import Collection, Mapping

from vitalfew.ideas import questions
from vitalfew.ideas.rights import IdeaRight
from vitalfew.people.models import User
from vitalfew.rooms import Spot

KIND = "idea"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Ideas of accounts that the user may see."""
    if not user.may(IdeaRight.SEE):
        return {}
    rows = questions.ideas(user).filter(pk__in=numbers).exclude(account=None)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
