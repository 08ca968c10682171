from vitalfew.terms import gettext_noop as _

STEPS = {
    "incoming-add": _("Capacity or arrival entered"), "incoming-change": _("Capacity or arrival changed"),
    "incoming-put-away": _("Capacity or arrival put away"), "incoming-fetch-back": _("Capacity or arrival fetched back"),
    "leadtime-add": _("Lead time entered"), "leadtime-change": _("Lead time changed"),
    "leadtime-put-away": _("Lead time put away"), "leadtime-fetch-back": _("Lead time fetched back"),
    "override-add": _("Forecast overridden"), "override-change": _("Override of the forecast changed"),
    "override-put-away": _("Override of the forecast put away"),
    "override-fetch-back": _("Override of the forecast fetched back"),
    "supply-snooze": _("Somebody sees to a product that runs short"),
    "supply-wake": _("A product that runs short asks again"),
    "allotment-add": _("Sharing out drafted"), "allotment-change": _("Sharing out changed"),
    "allotment-put-away": _("Sharing out put away"), "allotment-fetch-back": _("Sharing out fetched back"),
    "allotment-reserve": _("Goods reserved for accounts"), "allotment-give-back": _("Reserved goods given back"),
    "allotment-tell": _("Accounts told of reserved goods"),
    "reservation-give-back": _("A reservation given back"), "reservation-hold": _("A reservation held again"),
}  # fmt: skip
FIELDS = {
    "week": _("Week"), "days": _("Lead time in days"), "deviation": _("Its deviation in days"),
    "products": _("Products"), "weeks": _("Weeks"), "floor": _("Floor in percent"), "reserve": _("Kept back in percent"),
    "rule": _("Rule"), "minimums": _("Minimums of contracts"),
    "packs": _("Packs"), "grace": _("Days kept after the week"), "reserved_on": _("Reserved on"),
    "lines": _("Lines"),
}  # fmt: skip
