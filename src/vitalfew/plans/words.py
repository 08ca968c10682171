"""The words of account plans."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class PlanState(Term):
    """How far a plan has come."""

    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("Waits for agreement")
    AGREED = "agreed", _("Agreed, not begun")
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")


class SalesModel(Term):
    """How we sell to it."""

    CLUB = "club", _("Direct, with the club")
    CONSULTATIVE = "consultative", _("Consultative")
    CUSTOMISED = "customised", _("Customised")


class Rating(Term):
    """How the plan went, as those say who ran it."""

    BEYOND = "beyond", _("Beyond its goals")
    REACHED = "reached", _("Goals reached")
    PARTLY = "partly", _("Reached in part")
    MISSED = "missed", _("Goals missed")


class Swot(Term):
    """The four fields of the analysis."""

    STRENGTHS = "strengths", _("Strengths")
    WEAKNESSES = "weaknesses", _("Weaknesses")
    OPPORTUNITIES = "opportunities", _("Opportunities")
    THREATS = "threats", _("Threats")


class Section(Term):
    """What of a plan can be shown to the customer; what we think of it, and what it is worth to us, can't."""

    SERVICE = "service", _("What we do for you")
    GOALS = "goals", _("What we want to reach together")
    STEPS = "steps", _("What is to be done")
    PROMOTIONS = "promotions", _("Joint promotions")
