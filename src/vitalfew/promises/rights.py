from vitalfew.people.permissions import STAFF
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class PromiseRight(Permission):
    """What promises allow."""

    SEE = "see-promises", _("See what was promised to accounts"), STAFF
    MAKE = "make-promises", _("Write down promises and what became of them"), STAFF


RIGHTS = PromiseRight
