from vitalfew.department.rights import DepartmentRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Department"), "department", "users", DepartmentRight.SEE, 370),
    Entry(_("Absences"), "absences", "plan", DepartmentRight.AWAY, 420, under="department"),
    Entry(_("Working days"), "workdays", "plan", DepartmentRight.SEE, 490, under="department"),
)
