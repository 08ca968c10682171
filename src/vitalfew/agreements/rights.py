from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class AgreementRight(Permission):
    """What agreements allow."""

    SEE = "see-agreements", _("See agreements with accounts"), STAFF
    WRITE = "write-agreements", _("Write agreements and what became of them"), DEPARTMENT | {Role.EXECUTIVE}
    APPROVE = "approve-agreements", _("Approve agreements of others"), HEADS | {Role.EXECUTIVE}
    WAIVE = "waive-penalties", _("Approve that a penalty is waived, within the limits"), DEPARTMENT | {Role.EXECUTIVE}


RIGHTS = AgreementRight
