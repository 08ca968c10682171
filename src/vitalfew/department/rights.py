from vitalfew.people.permissions import DEPARTMENT, HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class DepartmentRight(Permission):
    """What the department's own pages allow."""

    SEE = "see-department", _("See who looks after whom, and how much that is"), DEPARTMENT | {Role.EXECUTIVE}
    CAPACITY = "set-capacity", _("Say how much somebody can look after"), HEADS
    WORKDAYS = "set-workdays", _("Say on which days the firm works"), HEADS
    AWAY = "absences", _("Say when one is away, and who stands in"), DEPARTMENT


RIGHTS = DepartmentRight
