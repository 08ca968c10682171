"""The words of service journeys."""

from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Stage(Term):
    """Where a purchase is, as the service for it sees it."""

    BEFORE = "before", _("Before purchase")
    DURING = "during", _("During purchase")
    AFTER = "after", _("After delivery")
    USE = "use", _("In use")


STAGES: Final = tuple(Stage)
LATE: Final = (Stage.AFTER, Stage.USE)
"""Once the goods are delivered: what is forgotten most easily."""


class After(Term):
    """What a check is due after."""

    OPENING = "opening", _("Opening of the journey")
    ORDER = "order", _("Order")
    PROMISED = "promised", _("Promised day of delivery")
    DELIVERY = "delivery", _("Delivery")
    CHECK = "check", _("The check before it")


class CheckState(Term):
    """What became of a check."""

    OPEN = "open", _("Not done yet")
    FINE = "fine", _("Done, all fine")
    TROUBLE = "trouble", _("Done, trouble found")
    SPARED = "spared", _("Not applicable")
    LEFT_OUT = "left-out", _("Left out, with a reason")
    ENDED = "ended", _("Ended with the journey")


class Result(Term):
    """What a check may come to."""

    FINE = "fine", _("All fine")
    TROUBLE = "trouble", _("Trouble found")
    SPARED = "spared", _("Not applicable")


class CheckStanding(Term):
    """How a check stands today; open ones are told apart by their day."""

    WAITING = "waiting", _("Waits for its day")
    LATER = "later", _("Due later")
    SOON = "soon", _("Due within a week")
    OVERDUE = "overdue", _("Overdue")
    FINE = "fine", _("Done, all fine")
    TROUBLE = "trouble", _("Done, trouble found")
    SPARED = "spared", _("Not applicable")
    LEFT_OUT = "left-out", _("Left out, with a reason")
    ENDED = "ended", _("Ended with the journey")


class Gap(Term):
    """How a check of a late stage was missed."""

    OVERDUE = "overdue", _("Overdue")
    LEFT_OUT = "left-out", _("Left out, with a reason")
    NOT_BEGUN = "not-begun", _("Nothing done since delivery")


class Began(Term):
    """From what a journey began."""

    HAND = "hand", _("By hand")
    ORDER = "order", _("From an order")
    FAMILY = "family", _("Product family bought for the first time")
    LARGE = "large", _("Order larger than usual")


class JourneyStanding(Term):
    """How a journey stands today."""

    ON_TIME = "on-time", _("In time")
    LATE = "late", _("A check is overdue")
    CLOSED = "closed", _("Closed")


class End(Term):
    """Why a journey ended."""

    COMPLETE = "complete", _("All checks done")
    REPLACED = "replaced", _("Product replaced")
    LIFE = "life", _("End of its life")
    LOST = "lost", _("Account lost")
    CANCELLED = "cancelled", _("Order cancelled")
    OTHER = "other", _("Other reason")


class SuggestionState(Term):
    """What became of a suggestion."""

    WAITING = "waiting", _("Waits for an answer")
    TAKEN = "taken", _("A journey has begun")
    DECLINED = "declined", _("Turned down")


class Whose(Term):
    """Whose a list shows."""

    MINE = "mine", _("Mine")
    OTHERS = "others", _("Of others")
