from vitalfew.people.permissions import DEPARTMENT, HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class ReviewRight(Permission):
    """What reviews of tiers allow."""

    SEE = "see-reviews", _("See tier reviews"), DEPARTMENT | {Role.ANALYST, Role.EXECUTIVE}
    PROPOSE = "propose-tiers", _("Propose and decide tiers"), HEADS | {Role.ANALYST}
    APPROVE = "approve-tiers", _("Approve tier reviews"), HEADS | {Role.EXECUTIVE}


RIGHTS = ReviewRight
