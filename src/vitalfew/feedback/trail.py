from vitalfew.terms import gettext_noop as _

STEPS = {
    "round-add": _("Feedback round planned"), "round-change": _("Feedback round changed"),
    "round-put-away": _("Feedback round put away"), "round-fetch-back": _("Feedback round fetched back"),
    "asked-add": _("Account added to a feedback round"), "asked-change": _("Feedback asked, answered or closed"),
    "asked-put-away": _("Account taken out of a feedback round"),
    "asked-fetch-back": _("Account back in a feedback round"),
}  # fmt: skip
FIELDS = {"since": _("From"), "until": _("Until"), "who": _("Who asks"), "who_id": _("Who asks")}
