from vitalfew.terms import gettext_noop as _

STEPS = {
    "activity-add": _("Activity logged"), "activity-change": _("Activity corrected"),
    "activity-put-away": _("Activity put away"), "activity-fetch-back": _("Activity fetched back"),
}  # fmt: skip
FIELDS: dict[str, str] = {}
