from vitalfew.people.permissions import DEPARTMENT
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class LossRight(Permission):
    """What the register of losses allows. It names causes: who may not see those sees nothing of it."""

    SEE = "see-losses", _("See the register of losses"), DEPARTMENT | {Role.EXECUTIVE, Role.ANALYST}
    WRITE = "write-losses", _("Enter losses and what accounts say of them"), DEPARTMENT


RIGHTS = LossRight
