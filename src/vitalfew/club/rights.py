from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class ClubRight(Permission):
    """What the club allows."""

    SEE = "see-club", _("See the club, its members and events"), STAFF
    RULE = "rule-club", _("Define levels of the club, their rules and rights"), HEADS
    NOMINATE = "nominate-members", _("Nominate members beyond the rule"), DEPARTMENT
    APPROVE = "approve-members", _("Approve members beyond the rule"), HEADS | {Role.EXECUTIVE}
    SERVE = "serve-members", _("Write down what members made use of, and events"), DEPARTMENT | {Role.MARKETING}


RIGHTS = ClubRight
