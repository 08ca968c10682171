"""On which way people meet."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Way(Term):
    VISIT = "visit", _("Visit")
    CALL = "call", _("Call")
    WECHAT = "wechat", _("WeChat")
    MAIL = "mail", _("Mail")
    MEETING = "meeting", _("Online meeting")
    NOTE = "note", _("Note")
    """Nobody was met: something to remember."""


class Side(Term):
    """From whom it came."""

    IN = "in", _("From the customer")
    OUT = "out", _("From us")
