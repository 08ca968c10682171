from vitalfew.terms import gettext_noop as _

STEPS = {
    "task-done": _("Line of Today ticked off"), "task-later": _("Line of Today put off"),
    "task-handed": _("Line of Today handed on"), "task-again": _("Line of Today back again"),
}  # fmt: skip
FIELDS = {"what": _("What"), "until": _("Until"), "to": _("To"), "url": _("Address")}
