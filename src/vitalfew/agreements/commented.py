from collections.abc import Collection, Mapping

from vitalfew.agreements import questions
from vitalfew.agreements.rights import AgreementRight
from vitalfew.people.models import User
from vitalfew.rooms import Spot

KIND = "agreement"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Agreements that the user may see."""
    if not user.may(AgreementRight.SEE):
        return {}
    rows = questions.agreements(user).filter(pk__in=numbers)
    return {row.pk: Spot(row.account, row.get_absolute_url()) for row in rows}
