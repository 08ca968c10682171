from vitalfew.people.permissions import DEPARTMENT, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class FeedbackRight(Permission):
    """What feedback rounds allow."""

    SEE = "see-feedback", _("See feedback rounds and their answers"), STAFF
    PLAN = "plan-feedback", _("Plan feedback rounds"), DEPARTMENT
    ASK = "ask-feedback", _("Ask accounts and record their answers"), DEPARTMENT | {Role.EXECUTIVE, Role.COMPLAINTS}


RIGHTS = FeedbackRight
