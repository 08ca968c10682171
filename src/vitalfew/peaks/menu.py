from vitalfew.peaks.rights import PeakRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Peak seasons"), "peaks", "calendar", PeakRight.SEE, 377, under="supply"),
    Entry(_("Calendar of peaks"), "peak-calendar", "calendar", PeakRight.SEE, 378, under="supply"),
    Entry(_("Asked of production and transport"), "arrangements", "task", PeakRight.SEE, 379, under="supply"),
)
