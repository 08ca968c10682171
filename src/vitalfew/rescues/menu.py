from vitalfew.rescues.rights import RescueRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Who may leave"), "rescue-warnings", "warning", RescueRight.SEE, 352, under="accounts", also=_("Churn")),
    Entry(_("Rescue plans"), "rescues", "plan", RescueRight.SEE, 353, under="accounts"),
    Entry(_("Steps of rescue plans"), "rescue-steps", "check", RescueRight.SEE, 356, under="rescues"),
    Entry(_("Whether plans help"), "rescue-effect", "chart", RescueRight.SEE, 354, under="rescues"),
    Entry(
        _("From which risk on an alarm pays"), "rescue-thresholds", "chart", RescueRight.THRESHOLD, 357,
        under="rescue-warnings",
    ),
    Entry(_("Playbook"), "rescue-playbook", "note", RescueRight.SEE, 355, under="rescues", also=_("Plays against each cause")),
)  # fmt: skip
