from vitalfew.people.permissions import DEPARTMENT, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class MilestoneRight(Permission):
    """What milestones allow."""

    SEE = "see-milestones", _("See milestones of accounts"), STAFF
    KEEP = (
        "keep-milestones",
        _("Note milestones and what was sent"),
        DEPARTMENT | {Role.EXECUTIVE, Role.MARKETING},
    )


RIGHTS = MilestoneRight
