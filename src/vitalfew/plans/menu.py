from vitalfew.plans.rights import AccountPlanRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Account plans"), "plans", "plan", AccountPlanRight.SEE, 315, under="accounts"),)
