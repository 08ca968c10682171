from vitalfew.people.permissions import DEPARTMENT
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class RecoveryRight(Permission):
    """What winning back allows. It names causes and what accounts are worth: who may not see those sees nothing of it."""

    SEE = (
        "see-win-back",
        _("See lost accounts and attempts to win them back"),
        DEPARTMENT | {Role.EXECUTIVE, Role.ANALYST},
    )
    WRITE = "win-back", _("Begin rounds, try to win accounts back, say what became of it"), DEPARTMENT


RIGHTS = RecoveryRight
