from vitalfew.reports.rights import ReportRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

QUICK = (Entry(_("Make a report"), "report-new", "file", ReportRight.SEE, 60),)
