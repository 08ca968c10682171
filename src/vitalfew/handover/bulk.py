from vitalfew.handover.rights import HandoverRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

BULK = (Entry(_("Hand over step by step"), "handover-new", "users", HandoverRight.HAND_OVER, 20),)
