from vitalfew.terms import gettext_noop as _

STEPS = {
    "scheme-add": _("Incentive scheme drafted"), "scheme-change": _("Incentive scheme changed"),
    "scheme-put-away": _("Incentive scheme put away"), "scheme-fetch-back": _("Incentive scheme fetched back"),
    "schemeversion-add": _("Version of a scheme drafted"),
    "schemeversion-change": _("Version of a scheme changed or moved on"),
    "schemeversion-put-away": _("Version of a scheme put away"),
    "schemeversion-fetch-back": _("Version of a scheme fetched back"),
    "schemeversion-simulate": _("Version of a scheme simulated"),
    "case-add": _("Training or breach recorded"), "case-change": _("Training or breach corrected"),
    "case-put-away": _("Training or breach put away"), "case-fetch-back": _("Training or breach fetched back"),
    "booking-put-away": _("Booking put away"), "booking-fetch-back": _("Booking fetched back"),
    "booking-add": _("Booking made"), "booking-book": _("Incentives of a period booked"),
    "booking-change": _("Reversal of a booking asked for or done"), "booking-reverse": _("Booking reversed by counter-entries"),
}  # fmt: skip
FIELDS = {
    "every": _("Settled"), "tiers": _("Only these tiers"), "regions": _("Only these regions"),
    "cooperations": _("Only these kinds of cooperation"), "accounts": _("Accounts"), "rules": _("Rules"),
    "about": _("What it is to bring about"), "run": _("Simulation"), "units": _("Amount in the smallest coin"),
    "period": _("Period"), "approval": _("Approval"), "reversed_at": _("Reversed on"), "reversed_by": _("Reversed by"),
    "currency": _("Currency"),
}  # fmt: skip
