from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _
from vitalfew.treatments.rights import TreatmentRight

ENTRIES = (
    Entry(_("Loss-makers"), "losers", "warning", TreatmentRight.SEE, 369, under="accounts", also=_("Negative assets")),
    Entry(_("Treatments of loss-makers"), "treatments", "check", TreatmentRight.SEE, 361, under="losers"),
)
