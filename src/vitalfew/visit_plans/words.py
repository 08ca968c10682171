"""The words of plans of visits."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class PlanState(Term):
    """How far a plan is worked out."""

    WAITING = "waiting", _("Waits to be worked out")
    WORKING = "working", _("Is worked out")
    DONE = "done", _("Worked out")
    FAILED = "failed", _("Could not be worked out")


class ProposalState(Term):
    """What became of a visit that was proposed."""

    OPEN = "open", _("Proposed")
    ACCEPTED = "accepted", _("Taken up")
    REJECTED = "rejected", _("Not this time")
