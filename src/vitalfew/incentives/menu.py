from vitalfew.incentives.rights import IncentiveRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Incentives"), "incentives", "money", IncentiveRight.SEE, 316, under="accounts"),
    Entry(_("What accounts earned"), "incentive-standings", "chart", IncentiveRight.SEE, 326, under="accounts"),
    Entry(_("Training and breaches"), "incentive-cases", "check", IncentiveRight.SEE, 336, under="accounts"),
    Entry(_("Bookings of incentives"), "incentive-bookings", "money", IncentiveRight.TOTALS, 346, under="accounts"),
)
