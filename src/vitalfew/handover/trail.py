from vitalfew.terms import gettext_noop as _

STEPS = {
    "handover-add": _("Handover started"), "handover-change": _("Handover changed"),
    "handover-put-away": _("Handover called off"), "handover-fetch-back": _("Handover taken up again"),
    "handover-accept": _("Handover accepted"), "handover-decline": _("Handover declined"),
    "handover-agree": _("The customer's agreement recorded"), "handover-done": _("Handover done"),
    "handover-step": _("Step of a handover"),
}  # fmt: skip
FIELDS = {
    "successor_id": _("Successor"), "due": _("Due"), "state": _("State"), "cause": _("Cause"), "note": _("Note"),
    "step": _("Step"), "agreed_by": _("Agreed by"), "reason": _("Reason"), "person": _("Person"),
}  # fmt: skip
