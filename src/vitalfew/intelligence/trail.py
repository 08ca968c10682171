from vitalfew.terms import gettext_noop as _

STEPS = {
    "intelligence-add": _("Intelligence written down"),
    "intelligence-change": _("Intelligence changed, renewed or settled"),
    "intelligence-put-away": _("Intelligence put away"), "intelligence-fetch-back": _("Intelligence fetched back"),
    "confirmation-add": _("Intelligence confirmed"), "confirmation-change": _("Confirmation changed"),
    "confirmation-put-away": _("Confirmation taken back"), "confirmation-fetch-back": _("Confirmed again"),
    "competitor-add": _("Competitor added"), "competitor-change": _("Competitor changed"),
    "competitor-put-away": _("Competitor put away"), "competitor-fetch-back": _("Competitor fetched back"),
}  # fmt: skip
FIELDS = {
    "valid_until": _("Holds until"), "superseded_by": _("Superseded by"), "competitor": _("Competitor"),
    "merged_into": _("Made one with"),
}  # fmt: skip
