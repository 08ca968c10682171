"""The words of approvals."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class ApprovalState(Term):
    """How far it has come."""

    WAITING = "waiting", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Sent back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class StepKind(Term):
    """What was done about it."""

    ASKED = "asked", _("Request made")
    AGAIN = "again", _("Request made again")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Sent back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Whose(Term):
    """Of whom the list tells."""

    MINE = "mine", _("Waits for me")
    OTHERS = "others", _("Waits for others")
