from vitalfew.terms import gettext_noop as _

STEPS = {
    "rescue-add": _("Rescue plan begun"), "rescue-change": _("Rescue plan changed"),
    "rescue-put-away": _("Rescue plan put away"), "rescue-fetch-back": _("Rescue plan fetched back"),
    "rescuestep-add": _("Step of a rescue plan added"), "rescuestep-change": _("Step of a rescue plan changed"),
    "rescuestep-fetch-back": _("Step of a rescue plan fetched back"),
    "threshold-change": _("Risk changed from which on accounts are warned of"),
    "threshold-put-away": _("Risk put away from which on accounts are warned of"),
    "threshold-fetch-back": _("Risk fetched back from which on accounts are warned of"),
    "rescuestep-put-away": _("Step of a rescue plan put away"),
    "play-add": _("Play written down"), "play-change": _("Play changed"), "play-put-away": _("Play put away"),
    "play-fetch-back": _("Play fetched back"), "threshold-add": _("Risk set from which on accounts are warned of"),
}  # fmt: skip
FIELDS = {
    "cause": _("Why it may leave"),
    "function": _("Whose work it is"),
    "days": _("Working days from the plan's beginning"),
}
