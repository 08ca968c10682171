"""The words of agreements."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class AgreementKind(Term):
    """What is agreed on."""

    ANNUAL = "annual", _("Annual cooperation")
    FRAMEWORK = "framework", _("Framework supply")
    STRATEGIC = "strategic", _("Strategic partnership")
    SERVICE = "service", _("Service")
    OTHER = "other", _("Other agreement")


class Renewal(Term):
    """What happens on its last day."""

    AUTOMATIC = "automatic", _("Automatic, unless notice is given")
    BY_AGREEMENT = "agreement", _("By a new agreement")
    NONE = "none", _("It ends")


class AgreementState(Term):
    """How far it has come."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits for approval")
    IN_FORCE = "in-force", _("In effect")
    ENDED = "ended", _("Ended")
    TERMINATED = "terminated", _("Terminated")


class Standing(Term):
    """How it stands today; what is in force is told apart by its days."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits for approval")
    COMING = "coming", _("Agreed, not begun")
    IN_FORCE = "in-force", _("In effect")
    OVER = "over", _("Time over, nothing decided")
    ENDED = "ended", _("Ended")
    TERMINATED = "terminated", _("Terminated")


class Ending(Term):
    """When its time ends."""

    MONTH = "30", _("Within 30 days")
    QUARTER = "90", _("Within 90 days")
    HALF = "180", _("Within 180 days")
    YEAR = "365", _("Within a year")


class Whose(Term):
    """Of whom the list tells."""

    MINE = "mine", _("Mine")
    OTHERS = "others", _("Of others")


class Side(Term):
    """Who owes, or who broke it."""

    OURS = "ours", _("We")
    THEIRS = "theirs", _("The customer")


class Rhythm(Term):
    """How often it is owed."""

    ALWAYS = "always", _("All the time")
    ONCE = "once", _("Once")
    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    YEAR = "year", _("Every year")


class PriceKind(Term):
    """How a price is agreed."""

    DISCOUNT = "discount", _("Discount on the list price, in per cent")
    FIXED = "fixed", _("Fixed price a unit")


class BreachState(Term):
    """What became of a breach."""

    OPEN = "open", _("Nothing decided yet")
    PROMISED = "promised", _("Became a promise")
    PENALTY = "penalty", _("Penalty open")
    ASKED = "asked", _("Waiver waits for approval")
    WAIVED = "waived", _("Penalty waived")
    SETTLED = "settled", _("Dealt with")
