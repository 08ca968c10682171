from vitalfew.approvals.rights import ApprovalRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Approvals"), "approvals", "check", ApprovalRight.SEE, 110, under="today"),
    Entry(_("Deciding in whose place"), "delegations", "users", ApprovalRight.DECIDE, 120, under="today"),
    Entry(_("Limits of approval"), "approval-limits", "money", ApprovalRight.LIMITS, 1110, under="admin"),
)
