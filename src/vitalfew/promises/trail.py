from vitalfew.terms import gettext_noop as _

STEPS = {
    "promise-add": _("Promise written down"), "promise-change": _("Promise changed, moved or settled"),
    "promise-ask-day": _("Customer asked for another day"),
    "promise-answer-day": _("Customer answered about another day"),
    "promise-heard": _("Customer said whether a promise was kept"),
    "promise-put-away": _("Promise put away"), "promise-fetch-back": _("Promise fetched back"),
}  # fmt: skip
FIELDS = {
    "due": _("To be kept by"), "shared": _("Shown in the portal"), "agreed": _("Agreed"), "kept": _("Kept"),
    "evidence": _("Evidence or reason"), "consent": _("Consent"), "origin": _("Occasion"),
    "made_on": _("Promised on"), "settled_on": _("Settled on"), "reference": _("Reference"),
}  # fmt: skip
