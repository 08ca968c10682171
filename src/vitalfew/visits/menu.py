from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _
from vitalfew.visits.rights import VisitRight

ENTRIES = (Entry(_("Visits"), "visits", "visits", VisitRight.SEE, 340),)
