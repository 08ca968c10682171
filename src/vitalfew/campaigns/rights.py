from vitalfew.people.permissions import DEPARTMENT, HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class CampaignRight(Permission):
    """What campaigns allow."""

    SEE = (
        "see-campaigns",
        _("See campaigns and what they changed"),
        DEPARTMENT | {Role.MARKETING, Role.EXECUTIVE, Role.ANALYST},
    )
    MAKE = "make-campaigns", _("Draft, start and evaluate campaigns"), HEADS | {Role.MARKETING}
    APPROVE = "approve-campaigns", _("Approve budgets of campaigns"), HEADS | {Role.EXECUTIVE}


RIGHTS = CampaignRight
