from vitalfew.terms import gettext_noop as _

STEPS = {
    "visitplan-add": _("Plan of visits asked for"), "visitplan-change": _("Plan of visits changed"),
    "visitplan-put-away": _("Plan of visits put away"), "visitplan-fetch-back": _("Plan of visits fetched back"),
    "visitplan-accept": _("Proposed visits accepted"), "visitplan-give-back": _("Accepted visits given back"),
    "visitplan-reject": _("Proposed visit turned down"), "visitplan-open": _("Proposed visit open again"),
    "visitplan-move": _("Proposed visit moved"),
}  # fmt: skip
FIELDS = {
    "weeks": _("Weeks"), "most_a_day": _("Visits a day at most"), "most_a_week": _("Visits a week at most"),
    "mine_only": _("Only accounts that they manage"), "since": _("Since"), "people": _("Who takes part"),
    "visits": _("Visits"), "account": _("Account"), "person": _("Who goes"), "day": _("Date"),
}  # fmt: skip
