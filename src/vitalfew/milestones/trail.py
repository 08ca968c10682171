from vitalfew.terms import gettext_noop as _

STEPS = {
    "milestone-add": _("Milestone noted"), "milestone-change": _("Milestone changed or answered"),
    "milestone-put-away": _("Milestone put away"), "milestone-fetch-back": _("Milestone fetched back"),
    "milestone-follow": _("Milestone taken from the facts"), "milestone-miss": _("Milestone passed without a word"),
}  # fmt: skip
FIELDS = {
    "lunar": _("By the Chinese calendar"),
    "yearly": _("Comes round every year"),
    "round_only": _("Only the first and every fifth year"),
    "lead": _("Days ahead it is told"),
    "next_on": _("Next time"), "tell_on": _("Told from"), "reply": _("What came back"),
}  # fmt: skip
