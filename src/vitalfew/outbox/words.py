"""The words of letters to customers."""

from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Kind(Term):
    """Why somebody is written."""

    ANSWER = "answer", _("Answers to what they told us")
    INVITATION = "invitation", _("Access to the customer portal")
    SURVEY = "survey", _("Surveys")
    AGREED = "agreed", _("What was agreed on with them")
    NEWS = "news", _("News of what concerns them")
    CAMPAIGN = "campaign", _("Offers and campaigns")


OPTIONAL: Final = (Kind.SURVEY, Kind.NEWS, Kind.CAMPAIGN)
"""What its reader can do without."""


class LetterState(Term):
    WAITING = "waiting", _("Will be sent")
    SENT = "sent", _("Sent")
    KEPT = "kept", _("Kept, not sent")
    UNWANTED = "unwanted", _("Refused by its reader")
    FAILED = "failed", _("Could not be sent")
    STOPPED = "stopped", _("Stopped before it was sent")


class Trouble(Term):
    """Why a letter could not be sent."""

    SERVER = "server", _("The mail server did not take it")
    ADDRESS = "address", _("It has a link, and nobody has set VITALFEW_ADDRESS, by which customers reach the house")
