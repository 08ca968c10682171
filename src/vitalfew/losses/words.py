"""The words of the register of losses."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class LossState(Term):
    """Whether the account was asked."""

    WAITING = "waiting", _("To be talked to")
    TALKED = "talked", _("It told why")
    REFUSED = "refused", _("It gives no reason")


class Back(Term):
    """What it says of coming back."""

    YES = "yes", _("Would come back")
    IF = "if", _("Would come back on a condition")
    NO = "no", _("Will not come back")
    UNKNOWN = "unknown", _("Not known")


class Span(Term):
    """Since when it is lost."""

    YEAR = "year", _("Within a year")
    OLDER = "older", _("Earlier")
