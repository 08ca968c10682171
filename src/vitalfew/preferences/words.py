"""The words of preferences."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Works(Term):
    """Whether it works with the account."""

    WORKS = "works", _("Works")
    NOT = "not", _("Does not work")


class Area(Term):
    """In what."""

    MEETING = "meeting", _("Visits and meetings")
    TALK = "talk", _("Calls and messages")
    OFFER = "offer", _("Offers and prices")
    DELIVERY = "delivery", _("Delivery and service")
    COMPLAINT = "complaint", _("Complaints")
    CAMPAIGN = "campaign", _("Campaigns and promotions")
    OTHER = "other", _("Other")


class Freshness(Term):
    """Whether it was seen lately."""

    FRESH = "fresh", _("Seen within a year")
    OLD = "old", _("Older than a year: ask again")
