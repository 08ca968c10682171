from vitalfew.rooms import Entry
from vitalfew.supply.rights import SupplyRight
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Supply"), "supply", "supply", SupplyRight.SEE, 311, also=_("Stock, capacity, lead times")),
    Entry(_("Stock picture"), "supply-stock", "table", SupplyRight.SEE, 371, under="supply"),
    Entry(_("Accounts at risk"), "supply-risks", "warning", SupplyRight.SEE, 372, under="supply"),
    Entry(_("Capacity and arrivals"), "supply-incoming", "plan", SupplyRight.SEE, 373, under="supply"),
    Entry(_("Lead times"), "supply-leads", "clock", SupplyRight.SEE, 374, under="supply"),
    Entry(_("Overrides of the forecast"), "supply-overrides", "note", SupplyRight.SEE, 381, under="supply"),
    Entry(_("Did overrides help?"), "supply-overrides-helped", "chart", SupplyRight.SEE, 385, under="supply"),
    Entry(_("Reservations"), "supply-reservations", "check", SupplyRight.SEE, 376, under="supply"),
    Entry(_("Sharing out"), "supply-allotments", "chart", SupplyRight.WORK, 375, under="supply"),
)
