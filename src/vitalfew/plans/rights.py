from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class AccountPlanRight(Permission):
    """What account plans allow."""

    SEE = "see-account-plans", _("See account plans"), STAFF
    WRITE = "write-account-plans", _("Write account plans and what became of them"), DEPARTMENT | {Role.EXECUTIVE}
    AGREE = "agree-account-plans", _("Agree to account plans of others"), HEADS | {Role.EXECUTIVE}


RIGHTS = AccountPlanRight
