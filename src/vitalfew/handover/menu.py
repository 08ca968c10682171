from vitalfew.handover.rights import HandoverRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Handovers"), "handovers", "users", HandoverRight.HAND_OVER, 39, under="department"),)
