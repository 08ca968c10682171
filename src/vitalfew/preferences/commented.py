from collections.abc import Collection, Mapping

from vitalfew.people.models import User
from vitalfew.preferences import questions
from vitalfew.preferences.rights import PreferenceRight
from vitalfew.rooms import Spot

KIND = "preference"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Preferences that the user may see."""
    if not user.may(PreferenceRight.SEE):
        return {}
    rows = questions.preferences(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
