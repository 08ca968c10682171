from vitalfew.people.permissions import STAFF
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class ActivityRight(Permission):
    """What the log of activities allows."""

    SEE = "see-activities", _("See visits, calls and notes of accounts"), STAFF
    LOG = "log-activities", _("Log visits, calls and notes"), STAFF


RIGHTS = ActivityRight
