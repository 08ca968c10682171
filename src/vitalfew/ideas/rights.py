from vitalfew.people.permissions import STAFF
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class IdeaRight(Permission):
    """What ideas allow."""

    SEE = "see-ideas", _("See ideas of customers"), STAFF
    WRITE = "write-ideas", _("Write down ideas and what became of them"), STAFF


RIGHTS = IdeaRight
