from vitalfew.people.permissions import DEPARTMENT, HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class TreatmentRight(Permission):
    """What the treatment of loss-makers allows. It names what accounts earn: who may not see that sees nothing of it."""

    SEE = (
        "see-treatments",
        _("See loss-makers and what is done about them"),
        DEPARTMENT | {Role.EXECUTIVE, Role.ANALYST},
    )
    WRITE = "treat-losers", _("Propose what is done about loss-makers, and follow it"), DEPARTMENT
    APPROVE = "approve-treatments", _("Approve what is done about loss-makers"), HEADS | {Role.EXECUTIVE}


RIGHTS = TreatmentRight
