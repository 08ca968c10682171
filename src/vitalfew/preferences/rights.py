from vitalfew.people.permissions import STAFF
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class PreferenceRight(Permission):
    """What preferences of accounts allow."""

    SEE = "see-preferences", _("See what works with accounts"), STAFF
    WRITE = "write-preferences", _("Write down what works with accounts"), STAFF


RIGHTS = PreferenceRight
