from vitalfew.approvals.models import Approval
from vitalfew.approvals.words import ApprovalState
from vitalfew.rooms import Queue
from vitalfew.terms import gettext_noop as _

APPROVALS = Queue(
    "approvals", _("Approvals"), Approval.objects.all, {"state": ApprovalState.WAITING.value}, "asked_at", "changed_at"
)
QUEUES = (APPROVALS,)
