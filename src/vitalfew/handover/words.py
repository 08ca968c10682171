"""The words of handovers."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class HandoverCause(Term):
    """Why an account is handed over."""

    LEAVES = "leaves", _("The manager leaves the company")
    REASSIGNED = "reassigned", _("Somebody else takes it over")
    CONTACT = "contact", _("The customer's person in charge leaves")


class HandoverState(Term):
    """How far a handover has come."""

    STARTED = "started", _("Waits for the successor")
    DECLINED = "declined", _("Declined")
    ACCEPTED = "accepted", _("Accepted, being introduced")
    DONE = "done", _("Done")


class StepKind(Term):
    """What is to be done in a handover."""

    BRIEF = "brief", _("Read the brief")
    TALK = "talk", _("Talk it through with the predecessor")
    FOLLOWER = "follower", _("Find out who follows at the customer")
    COMPLAINTS = "complaints", _("Hand over the open complaints")
    PERSON = "person", _("Be introduced to")
    VISIT = "visit", _("Visit the customer together")


class StepState(Term):
    """Whether a step is done."""

    OPEN = "open", _("Not done yet")
    DONE = "done", _("Done")
    NOT_NEEDED = "not-needed", _("Not needed")


class Consent(Term):
    """How the customer agreed."""

    VISIT = "visit", _("At the visit")
    PHONE = "phone", _("By telephone")
    WRITING = "writing", _("In writing")
    PORTAL = "portal", _("In the portal")
