from collections.abc import Collection, Mapping

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.reviews import questions
from vitalfew.rooms import Spot

KIND = "tier-decision"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Decisions about accounts that the user may see."""
    rows = list(questions.decisions(user).filter(pk__in=numbers))
    codes = {row.customer for row in rows}
    accounts = {each.code: each for each in Account.objects.visible_to(user).filter(code__in=codes)}
    return {row.pk: Spot(accounts[row.customer], row.get_absolute_url()) for row in rows if row.customer in accounts}
