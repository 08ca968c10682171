from vitalfew.people.permissions import DEPARTMENT, STAFF
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class HandoverRight(Permission):
    """What handovers allow."""

    SEE = "see-handovers", _("See handovers of accounts"), STAFF
    HAND_OVER = "hand-over", _("Hand accounts over, and take them over"), DEPARTMENT


RIGHTS = HandoverRight
