from vitalfew.people.permissions import DEPARTMENT
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class PlanRight(Permission):
    """What plans of visits allow."""

    PLAN = "plan-weeks", _("Have weeks of visits proposed"), DEPARTMENT | {Role.EXECUTIVE}


RIGHTS = PlanRight
