"""The words of decisions about lines of Today."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Decided(Term):
    DONE = "done", _("Ticked off")
    LATER = "later", _("Put off")
    HANDED = "handed", _("Handed on")
