"""The words of promises."""

from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Origin(Term):
    """On what occasion it was given."""

    VISIT = "visit", _("Visit")
    TALK = "talk", _("Call or message")
    COMPLAINT = "complaint", _("Complaint")
    FEEDBACK = "feedback", _("Feedback round")
    PLAN = "plan", _("Account plan")
    ORDER = "order", _("Order")
    AGREEMENT = "agreement", _("Contract")
    SERVICE = "service", _("Service level")
    OTHER = "other", _("Other occasion")


FROM_THEM: Final = (Origin.COMPLAINT.value, Origin.AGREEMENT.value)
"""Asked for by the customer or agreed on with it: it knows of the promise, so the portal shows it from the start."""


class Shown(Term):
    """Whether the customer's people see it."""

    YES = "yes", _("Shown in the portal")
    NO = "no", _("Not shown in the portal")


class PromiseState(Term):
    """What became of it."""

    OPEN = "open", _("Not kept yet")
    KEPT = "kept", _("Kept in time")
    LATE = "late", _("Done too late")
    BROKEN = "broken", _("Not kept")
    RELEASED = "released", _("Released by the customer")


class Standing(Term):
    """How it stands today; what is open is told apart by its day."""

    LATER = "later", _("Due later")
    SOON = "soon", _("Due within a week")
    OVERDUE = "overdue", _("Overdue")
    KEPT = "kept", _("Kept in time")
    LATE = "late", _("Done too late")
    BROKEN = "broken", _("Not kept")
    RELEASED = "released", _("Released by the customer")
