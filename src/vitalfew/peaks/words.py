"""The words of peak seasons."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class PeakState(Term):
    """How far an agreement is."""

    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("The account was asked")
    AGREED = "agreed", _("Agreed with the account")
    CLOSED = "closed", _("Closed")


class Standing(Term):
    """How it stands today: what is agreed runs from its first day on."""

    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("The account was asked")
    AGREED = "agreed", _("Agreed with the account")
    RUNNING = "running", _("Runs")
    OVER = "over", _("Over, to be closed")
    CLOSED = "closed", _("Closed")


class Heard(Term):
    """From where we know how the account sees its trend."""

    VISIT = "visit", _("Visit")
    PHONE = "phone", _("Call or message")
    PORTAL = "portal", _("Portal")
    EXCHANGE = "exchange", _("Its sales and stock figures")


class Side(Term):
    """Who of ours is asked whether it can be done."""

    PRODUCTION = "production", _("Production")
    TRANSPORT = "transport", _("Transport")


class Answer(Term):
    """What it answered."""

    OPEN = "open", _("Not answered yet")
    YES = "yes", _("Can be done")
    NO = "no", _("Cannot be done")
    OTHER = "other", _("On another day")
