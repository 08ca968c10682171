from vitalfew.terms import gettext_noop as _

STEPS = {
    "idea-add": _("Idea written down"), "idea-change": _("Idea changed, decided, shared, merged or told of"),
    "idea-vote": _("Vote for an idea"), "idea-say": _("Word about an idea"),
    "idea-put-away": _("Idea put away"), "idea-fetch-back": _("Idea fetched back"),
    "pilot-add": _("Pilot of an idea begun"), "pilot-change": _("Pilot of an idea ended"),
    "pilot-put-away": _("Pilot of an idea put away"), "pilot-fetch-back": _("Pilot of an idea fetched back"),
}  # fmt: skip
FIELDS = {
    "vote": _("Vote"), "remark": _("Word to or from the customer"), "measure": _("What is measured"),
    "result": _("What came of it"), "pilots": _("Pilots of an idea"),
    "stopped": _("Stopped before its time"),
}  # fmt: skip
