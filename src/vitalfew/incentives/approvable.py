from django.db import transaction

from vitalfew.incentives import actions, booking
from vitalfew.incentives.background import ask_for_accrual
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Approvable
from vitalfew.terms import gettext_noop as _


def became(user: User, number: int, state: str) -> None:
    """What holds from now on is accrued at once."""
    actions.became(user, number, state)
    transaction.on_commit(ask_for_accrual)


ANY = HEADS | {Role.EXECUTIVE}

KINDS = (
    Approvable(actions.KIND, _("Incentive scheme"), IncentiveRight.TOTALS, IncentiveRight.APPROVE, ANY, became=became),
    Approvable(
        booking.KIND,
        _("Reversal of an incentive"),
        IncentiveRight.TOTALS,
        IncentiveRight.APPROVE,
        ANY,
        became=booking.became,
    ),
)
