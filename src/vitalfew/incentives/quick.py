from vitalfew.incentives.rights import IncentiveRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

QUICK = (Entry(_("Record training or a breach"), "incentive-case-new", "check", IncentiveRight.RECORD, 46),)
