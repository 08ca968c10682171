from vitalfew.terms import gettext_noop as _

STEPS = {
    "channel-add": _("Longest wait set"), "channel-change": _("Longest wait changed"),
    "channel-put-away": _("Longest wait put away"), "channel-fetch-back": _("Longest wait fetched back"),
}  # fmt: skip
FIELDS = {"longest": _("Working days that anybody waits at most")}
