"""What of supply a second person approves: that goods are kept for accounts."""

from vitalfew.people.permissions import HEADS
from vitalfew.rooms import Approvable
from vitalfew.supply import granting
from vitalfew.supply.rights import SupplyRight
from vitalfew.terms import gettext_noop as _

KINDS = (
    Approvable(
        granting.KIND, _("Reservation of goods"), SupplyRight.WORK, SupplyRight.RESERVE, HEADS, alone=True,
        became=granting.became,
    ),
)  # fmt: skip
