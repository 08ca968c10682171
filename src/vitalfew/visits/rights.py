from vitalfew.people.permissions import HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class VisitRight(Permission):
    """What visits allow."""

    SEE = "see-visits", _("See visits to accounts"), STAFF
    PLAN = "plan-visits", _("Plan visits and write down their results"), STAFF
    SHARE = "see-visit-share", _("See which share of their days executives visit"), HEADS | {Role.EXECUTIVE}


RIGHTS = VisitRight
