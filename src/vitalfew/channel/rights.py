from vitalfew.people.permissions import HEADS, STAFF
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class ChannelRight(Permission):
    """What the green channel allows."""

    SEE = "see-green-channel", _("See how queues are ordered and how long everybody waited"), STAFF
    RULE = "rule-green-channel", _("Say how long anybody waits at most"), HEADS


RIGHTS = ChannelRight
