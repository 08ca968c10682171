from vitalfew.approvals.rights import ApprovalRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

QUICK = (Entry(_("Ask for approval"), "approval-new", "check", ApprovalRight.ASK, 45),)
