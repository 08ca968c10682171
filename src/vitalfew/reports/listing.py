from typing import Final

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.reports import questions
from vitalfew.reports.rights import ReportRight
from vitalfew.reports.words import Form, Made, Mailed, Rhythm
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

REPORTS: Final = Listing(
    name="reports",
    title=_("Reports"),
    right=ReportRight.SEE,
    records=questions.reports,
    columns=(
        ListColumn("kind", _("Report"), Unit.WORD, "kind", lambda row: row.label, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: str(row.account or ""), narrow=True),
        ListColumn("day", _("Date"), Unit.DAY, "day", narrow=True),
        ListColumn("form", _("Format"), Unit.WORD, "form", words=Form),
        ListColumn("state", _("State"), Unit.WORD, "state", words=Made),
        ListColumn("mail", _("Mail"), Unit.WORD, "mail", words=Mailed),
    ),
    order="-day",
    find=questions.found,
    hint=_("Account"),
    empty=_("Make a report: of an account, of the portfolio, of the month's complaints, for the board. It stays as it was made."),
    make="report-new",
    make_label=_("Make a report"),
    make_right=ReportRight.SEE,
    filters=(ListFilter("form", _("Format"), list(Form), by("form")), ListFilter("state", _("State"), list(Made), by("state"))),
)  # fmt: skip
SCHEDULES: Final = Listing(
    name="report-schedules",
    title=_("Regular reports"),
    right=ReportRight.SEE,
    records=questions.schedules,
    columns=(
        ListColumn("kind", _("Report"), Unit.WORD, "kind", lambda row: row.label, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: str(row.account or ""), narrow=True),
        ListColumn("rhythm", _("How often"), Unit.WORD, "rhythm", words=Rhythm, narrow=True),
        ListColumn("form", _("Format"), Unit.WORD, "form", words=Form),
        ListColumn("readers", _("Readers"), told=lambda row: ", ".join(str(each) for each in row.readers.all())),
    ),
    order="kind",
    find=questions.found,
    hint=_("Account"),
    empty=_("Have a report made every week or month: it is there in the morning, and comes by mail."),
    make="report-schedule-new",
    make_label=_("Have a report made regularly"),
    make_right=ReportRight.SEE,
    filters=(ListFilter("rhythm", _("How often"), list(Rhythm), by("rhythm")),),
)  # fmt: skip
