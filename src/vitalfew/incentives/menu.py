from vitalfew.incentives.rights import IncentiveRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Incentives"), "incentives", "money", IncentiveRight.SEE, 316, under="accounts"),
    Entry(_("What accounts earned"), "incentive-standings", "chart", IncentiveRight.SEE, 326, under="incentives"),
    Entry(_("Training and breaches"), "incentive-cases", "check", IncentiveRight.SEE, 327, under="incentives"),
    Entry(_("Bookings of incentives"), "incentive-bookings", "money", IncentiveRight.TOTALS, 328, under="incentives"),
)
