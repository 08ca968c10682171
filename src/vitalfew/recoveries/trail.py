from vitalfew.terms import gettext_noop as _

STEPS = {
    "winbackround-add": _("Round of winning back begun"), "winbackround-change": _("Round of winning back changed"),
    "winbackround-put-away": _("Round of winning back put away"),
    "winbackround-fetch-back": _("Round of winning back fetched back"),
    "recovery-add": _("Attempt to win back begun"), "recovery-change": _("Attempt to win back changed"),
    "recovery-put-away": _("Attempt to win back put away"), "recovery-fetch-back": _("Attempt to win back fetched back"),
    "recoverystep-add": _("Step of an attempt to win back added"),
    "recoverystep-change": _("Step of an attempt to win back changed"),
    "recoverystep-put-away": _("Step of an attempt to win back put away"),
    "recoverystep-fetch-back": _("Step of an attempt to win back fetched back"),
}  # fmt: skip
FIELDS = {"offer": _("What is offered"), "spent": _("What it has cost")}
