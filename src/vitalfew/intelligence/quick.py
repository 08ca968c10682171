from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

QUICK = (Entry(_("New intelligence"), "intelligence-new", "search", IntelligenceRight.ADD, 40),)
