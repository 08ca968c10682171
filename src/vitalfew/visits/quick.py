from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _
from vitalfew.visits.rights import VisitRight

QUICK = (Entry(_("Plan a visit"), "visit-new", "visits", VisitRight.PLAN, 12),)
