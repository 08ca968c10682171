from vitalfew.people.permissions import DEPARTMENT
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class DuplicateRight(Permission):
    """What records that stand in the book twice allow."""

    SEE = "see-duplicates", _("See records that may be the same"), DEPARTMENT | {Role.ANALYST, Role.EXECUTIVE}
    DECIDE = "decide-duplicates", _("Merge records, tell them apart, and undo it"), DEPARTMENT


RIGHTS = DuplicateRight
