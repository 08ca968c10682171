from vitalfew.people.permissions import HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class ApprovalRight(Permission):
    """What approvals allow."""

    SEE = "see-approvals", _("See what waits for approval and what was decided"), STAFF
    ASK = "ask-approval", _("Ask for allowances, write-offs and exceptions"), STAFF
    DECIDE = "decide-approvals", _("Decide what one may approve, oneself or standing in"), STAFF
    SPEND = (
        "approve-spending",
        _("Approve allowances, write-offs and exceptions, within the limits"),
        HEADS | {Role.MANAGER, Role.EXECUTIVE},
    )
    LIMITS = "approval-limits", _("Set up to which amount each role approves"), frozenset({Role.ADMINISTRATOR})


RIGHTS = ApprovalRight
