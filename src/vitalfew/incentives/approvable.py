from vitalfew.incentives import actions, booking
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Approvable
from vitalfew.terms import gettext_noop as _

ANY = HEADS | {Role.EXECUTIVE}

KINDS = (
    Approvable(
        actions.KIND, _("Incentive scheme"), IncentiveRight.TOTALS, IncentiveRight.APPROVE, ANY, became=actions.became
    ),
    Approvable(
        booking.KIND,
        _("Reversal of an incentive"),
        IncentiveRight.TOTALS,
        IncentiveRight.APPROVE,
        ANY,
        became=booking.became,
    ),
)
