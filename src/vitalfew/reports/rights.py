from vitalfew.people.permissions import DEPARTMENT, HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class ReportRight(Permission):
    """What reports allow. Each kind asks besides for the right that its figures need on the screen."""

    SEE = "see-reports", _("Make reports, and have them sent regularly"), DEPARTMENT | {Role.EXECUTIVE, Role.ANALYST}
    SEND = "send-reports", _("Have reports sent to others"), HEADS


RIGHTS = ReportRight
