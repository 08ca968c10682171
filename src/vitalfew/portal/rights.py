from vitalfew.people.permissions import DEPARTMENT, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class PortalRight(Permission):
    """What the portal allows: to us, and the one thing it allows to customers."""

    SEE = "see-portal", _("See which customers' people have access to the portal"), STAFF
    GIVE = "give-portal", _("Give customers' people access to the portal, and share files with them"), DEPARTMENT
    VISIT = "visit-portal", _("Visit the portal as somebody of a customer's"), frozenset({Role.PORTAL})


RIGHTS = PortalRight
