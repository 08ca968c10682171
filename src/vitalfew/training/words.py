"""The words of training."""

from typing import Final

from vitalfew.terms import Level, Term
from vitalfew.terms import gettext_noop as _

FRONT_LINE: Final = (Level.SPECIALIST, Level.SHOP_ASSISTANT, Level.STOREKEEPER)
"""For whom a programme is that names nobody."""


class SessionState(Term):
    """How far a session is."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Presence(Term):
    """Whether somebody came."""

    INVITED = "invited", _("Not signed in yet")
    CAME = "came", _("Came")
    ABSENT = "absent", _("Did not come")


class How(Term):
    """How it is known that somebody came."""

    DOOR = "door", _("By the QR code")
    HAND = "hand", _("Noted by hand")


class Validity(Term):
    """How a certificate stands today."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


class Reach(Term):
    """How far the people of an account are trained."""

    NEVER = "never", _("Nobody trained yet")
    PARTLY = "partly", _("Some trained")
    FULLY = "fully", _("All trained")
    LAPSED = "lapsed", _("Trained once, nobody now")
