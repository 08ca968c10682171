from vitalfew.journeys.rights import JourneyRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(
        _("Service journeys"), "journeys", "visits", JourneyRight.SEE, 332, under="accounts",
        also=_("Service before, during and after a purchase"),
    ),
    Entry(_("Checks of service journeys"), "journey-checks", "check", JourneyRight.SEE, 333, under="journeys"),
    Entry(_("Late-stage service"), "journey-gaps-report", "chart", JourneyRight.SEE, 334, under="journeys"),
    Entry(_("Gaps of late stages"), "journey-gaps", "warning", JourneyRight.SEE, 337, under="journeys"),
    Entry(_("Orders that suggest a journey"), "journey-suggestions", "bell", JourneyRight.SEE, 338, under="journeys"),
    Entry(_("Templates of service journeys"), "journey-templates", "data", JourneyRight.SEE, 339, under="journeys"),
)  # fmt: skip
