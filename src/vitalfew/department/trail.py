from vitalfew.terms import gettext_noop as _

STEPS = {
    "capacity-add": _("Capacity set"), "capacity-change": _("Capacity changed"),
    "capacity-put-away": _("Capacity taken back"), "capacity-fetch-back": _("Capacity set again"),
    "absence-add": _("Absence entered"), "absence-change": _("Absence changed"),
    "absence-put-away": _("Absence taken back"), "absence-fetch-back": _("Absence entered again"),
    "firmdays-add": _("Days of the firm entered"), "firmdays-change": _("Days of the firm changed"),
    "firmdays-put-away": _("Days of the firm taken back"), "firmdays-fetch-back": _("Days of the firm entered again"),
}  # fmt: skip
FIELDS = {
    "accounts": _("Capacity in accounts"),
    "deputy_id": _("Deputy"),
    "user_id": _("User"),
    "since": _("Since"),
    "until": _("Until"),
    "works": _("Closed or open"),
    "reason": _("Reason"),
}
