from vitalfew.terms import gettext_noop as _

STEPS = {
    "preference-add": _("Preference written down"), "preference-change": _("Preference corrected or confirmed"),
    "preference-put-away": _("Preference put away"), "preference-fetch-back": _("Preference fetched back"),
}  # fmt: skip
FIELDS = {"works": _("Does it work"), "area": _("Which area"), "seen_on": _("Seen on")}
