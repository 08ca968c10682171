from vitalfew.reports.rights import ReportRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Reports"), "reports", "file", ReportRight.SEE, 250, also=_("Board summary, weekly and monthly report, PDF, Excel")),
    Entry(_("Regular reports"), "report-schedules", "clock", ReportRight.SEE, 251, under="reports"),
)  # fmt: skip
