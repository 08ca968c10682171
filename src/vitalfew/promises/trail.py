from vitalfew.terms import gettext_noop as _

STEPS = {
    "promise-add": _("Promise written down"), "promise-change": _("Promise changed, moved or settled"),
    "promise-put-away": _("Promise put away"), "promise-fetch-back": _("Promise fetched back"),
}  # fmt: skip
FIELDS = {
    "due": _("To be kept by"), "evidence": _("Evidence or reason"), "consent": _("Consent"), "origin": _("Occasion"),
    "made_on": _("Promised on"), "settled_on": _("Settled on"), "reference": _("Reference"),
}  # fmt: skip
