from vitalfew.terms import gettext_noop as _

STEPS = {
    "report-add": _("Report asked for"), "report-change": _("Report asked for again"), "report-put-away": _("Report put away"),
    "report-fetch-back": _("Report fetched back"), "schedule-add": _("Regular report set up"),
    "schedule-change": _("Regular report changed"), "schedule-put-away": _("Regular report stopped"),
    "schedule-fetch-back": _("Regular report goes on"),
}  # fmt: skip
FIELDS = {
    "kind": _("Report"), "form": _("Format"), "rhythm": _("How often"), "weekday": _("On"), "readers": _("Readers"),
    "mailed": _("Mailed"), "reader": _("Reader"),
}  # fmt: skip
