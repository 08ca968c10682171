"""The words of supply."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Cover(Term):
    """How a product stands: goods ordered today come too late; they must be ordered soon; less than the safety stock; enough."""

    SHORT = "short", _("Runs short")
    ORDER = "order", _("To be ordered")
    LOW = "low", _("Below safety stock")
    ENOUGH = "enough", _("Enough")


class Rule(Term):
    """In which order accounts are served beyond minimums and floors."""

    TIERS = "tiers", _("Tier after tier")
    WEIGHTS = "weights", _("All at once, by weights of the tiers")
    ALIKE = "alike", _("All alike, without priority")


class Standing(Term):
    """How far a draft is: tried, asked for, reserved for the accounts, given back whole."""

    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("Waits for approval")
    RESERVED = "reserved", _("Reserved")
    GIVEN_BACK = "given-back", _("Given back")


class Hold(Term):
    """Whether goods are still kept for an account, and why not."""

    KEPT = "kept", _("Reserved")
    FULFILLED = "fulfilled", _("Delivered")
    GIVEN_BACK = "given-back", _("Given back")
    EXPIRED = "expired", _("Not taken in time")


class Arrival(Term):
    """What is entered of a week."""

    CAPACITY = "capacity", _("Can be made")
    ARRIVAL = "arrival", _("Will arrive")
