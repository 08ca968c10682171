from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class ComplaintRight(Permission):
    """What complaints allow."""

    SEE = "see-complaints", _("See complaints"), STAFF
    TAKE = "take-complaints", _("Write down complaints"), STAFF
    HANDLE = "handle-complaints", _("Settle complaints and compensate"), DEPARTMENT | {Role.COMPLAINTS}
    ABOVE = "approve-compensations", _("Approve compensations"), DEPARTMENT | {Role.COMPLAINTS, Role.EXECUTIVE}
    MONTHS = "see-complaint-months", _("See monthly statistics of complaints"), STAFF - {Role.MANAGER}
    GROUP = "group-complaints", _("Group complaints by their words"), HEADS | {Role.COMPLAINTS}
    RULE = "rule-complaints", _("Set times and limits of complaints"), HEADS


RIGHTS = ComplaintRight
