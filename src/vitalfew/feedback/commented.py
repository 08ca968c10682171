from collections.abc import Collection, Mapping

from vitalfew.feedback import questions
from vitalfew.feedback.rights import FeedbackRight
from vitalfew.people.models import User
from vitalfew.rooms import Spot

KIND = "asked"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Asked accounts that the user may see."""
    if not user.may(FeedbackRight.SEE):
        return {}
    rows = questions.asked(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
