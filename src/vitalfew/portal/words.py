from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Standing(Term):
    """How an access stands today."""

    INVITED = "invited", _("Invited, not yet come")
    OPEN = "open", _("Has access")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("Ended by us")
    LEFT = "left", _("Ended: has left the post")
    MERGED = "merged", _("Ended: the account was merged")
    RUN_OUT = "run-out", _("Ended: its day has passed")


OPENS: Final = frozenset({Standing.INVITED, Standing.OPEN})
OVER: Final = (Standing.ENDED, Standing.LEFT, Standing.MERGED, Standing.RUN_OUT)


class IdeaState(Term):
    """What became of a customer's idea."""

    NEW = "new", _("Received")
    LOOKED_AT = "looked-at", _("Being looked at")
    TAKEN_UP = "taken-up", _("Taken up")
    NOT_NOW = "not-now", _("Not for now")
