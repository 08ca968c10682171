"""What two records of one kind may be, and what was decided about them."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Kind(Term):
    """Of what there are two records."""

    ACCOUNT = "account", _("Company")
    PERSON = "person", _("Person")


class State(Term):
    """What was decided about a pair."""

    WAITING = "waiting", _("To decide")
    LATER = "later", _("Decide later")
    SAME = "same", _("Merged")
    DIFFERENT = "different", _("Not the same")


class Decision(Term):
    """What can be decided."""

    SAME = "same", _("The same: merge")
    DIFFERENT = "different", _("Not the same")
    LATER = "later", _("Decide later")
