from vitalfew.terms import gettext_noop as _

STEPS = {
    "loss-add": _("Loss entered"), "loss-change": _("Loss changed"), "loss-put-away": _("Loss put away"),
    "loss-fetch-back": _("Loss fetched back"),
}  # fmt: skip
FIELDS = {"lost_on": _("Lost since"), "talker": _("Who talks to it")}
