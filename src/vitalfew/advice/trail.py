from vitalfew.terms import gettext_noop as _

STEPS = {
    "advice-add": _("Advice answered"), "advice-change": _("Advice changed"), "advice-put-away": _("Answer to advice taken back"),
    "advice-fetch-back": _("Answer to advice fetched back"),
}  # fmt: skip
FIELDS = {
    "done_on": _("Done on"), "due": _("By when"), "owner": _("Who sees to it"), "reason": _("Why not"), "until": _("Not before"),
}  # fmt: skip
