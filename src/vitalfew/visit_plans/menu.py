from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _
from vitalfew.visit_plans.rights import PlanRight

ENTRIES = (Entry(_("Plan weeks"), "visit-plans", "plan", PlanRight.PLAN, 345, under="visits"),)
