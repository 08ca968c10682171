from vitalfew.terms import gettext_noop as _

STEPS = {
    "peak-add": _("Peak season drafted"), "peak-change": _("Peak season corrected"),
    "peak-put-away": _("Peak season put away"), "peak-fetch-back": _("Peak season fetched back"),
    "peak-book": _("Quantities of a peak season booked"), "peak-ask": _("The account asked about a peak season"),
    "peak-agree": _("Peak season agreed on"), "peak-reopen": _("Peak season opened again"),
    "peak-close": _("Peak season closed"), "peak-say": _("The account said its quantities"),
    "arrangement-add": _("Production or transport asked"), "arrangement-change": _("Production or transport answered"),
    "arrangement-put-away": _("A request to production or transport put away"),
    "arrangement-fetch-back": _("A request to production or transport fetched back"),
}  # fmt: skip
FIELDS = {
    "category": _("Product category"), "begins": _("Begins on"), "ends": _("Ends on"), "follows": _("Comes round by"),
    "view": _("How the account sees the trend"), "heard": _("From where we know it"),
    "growth": _("Growth it expects, in percent"), "commitment": _("To what we commit ourselves"),
    "asked_on": _("Asked on"), "agreed_with": _("Who of the customer's agreed"), "lesson": _("What was learned"),
    "side": _("Asked of"), "other_day": _("On which day instead"), "answered_at": _("Answered on"),
}  # fmt: skip
