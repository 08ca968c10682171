"""The words of visits."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class VisitState(Term):
    """How far a visit is."""

    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Agreed with the customer")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class VisitStanding(Term):
    """How it stands today; what lies ahead is told apart from what waits for its result."""

    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Agreed with the customer")
    UNTOLD = "untold", _("Waits for its result")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Purpose(Term):
    """Why we go."""

    COURTESY = "courtesy", _("Courtesy visit")
    REVIEW = "review", _("Business review")
    COMPLAINT = "complaint", _("About a complaint")
    CONTRACT = "contract", _("About a contract")
    SEASON = "season", _("Preparing the season")
    ANNIVERSARY = "anniversary", _("Anniversary or honour")
    ROUND_TABLE = "round_table", _("Round table")
    OTHER = "other", _("Other purpose")


class Mood(Term):
    """How it went."""

    GOOD = "good", _("Went well")
    MIXED = "mixed", _("Mixed")
    BAD = "bad", _("Went badly")


class Whose(Term):
    """Whose visits are shown."""

    MINE = "mine", _("Mine")
    PEOPLE = "people", _("My accounts'")
    ALL = "all", _("All")
