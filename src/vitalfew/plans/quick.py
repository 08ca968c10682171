from vitalfew.plans.rights import AccountPlanRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

QUICK = (Entry(_("Begin an account plan"), "account-plan-new", "plan", AccountPlanRight.WRITE, 35),)
