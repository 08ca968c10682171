"""What is asked for in words, about an account; what stands in a room's own records is declared there."""

from typing import Final

from vitalfew.approvals.rights import ApprovalRight
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Approvable
from vitalfew.terms import gettext_noop as _

ABOVE: Final = HEADS | {Role.EXECUTIVE}

KINDS = (
    Approvable("allowance", _("Allowance"), ApprovalRight.SEE, ApprovalRight.SPEND, ABOVE, by_hand=True),
    Approvable("write-off", _("Write-off"), ApprovalRight.SEE, ApprovalRight.SPEND, ABOVE, by_hand=True),
    Approvable(
        "exception",
        _("Exception to the terms"),
        ApprovalRight.SEE,
        ApprovalRight.SPEND,
        ABOVE,
        money=False,
        by_hand=True,
    ),
)
