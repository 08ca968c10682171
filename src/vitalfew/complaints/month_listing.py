from typing import Any, Final

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate

from vitalfew.complaints.models import ClosedMonth
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Category
from vitalfew.lists.listing import ListColumn, Listing
from vitalfew.people.models import User
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

LINES: Final = (
    ListColumn("number", _("Complaint number"), Unit.CODE),
    ListColumn("account", _("Account")),
    ListColumn("category", _("Subject of the complaint"), Unit.WORD, words=Category),
    ListColumn("cause", _("Cause")),
    ListColumn("severity", _("Severity"), Unit.COUNT),
    ListColumn("received_on", _("Received on"), Unit.DAY),
    ListColumn("acknowledged", _("Acknowledged in time")),
    ListColumn("answered", _("Answered in time")),
    ListColumn("settled", _("Settled in time")),
    ListColumn("days", _("Days until settled")),
    ListColumn("closed_on", _("Settled on"), Unit.DAY),
    ListColumn("reopened", _("Opened again")),
    ListColumn("again", _("The same again")),
    ListColumn("satisfied", _("Satisfied")),
    ListColumn("given", _("Compensation given")),
    ListColumn("claimed", _("Claimed of third parties")),
    ListColumn("recovered", _("Recovered of third parties")),
)
"""What the file of a month has: all that its figures follow from."""


def months(user: User) -> QuerySet[ClosedMonth]:
    return ClosedMonth.objects.visible_to(user).annotate(n=Count("lines"))


def _found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    year, _dash, month = text.partition("-")
    found = rows.filter(month__year=int(year)) if year.isdecimal() and len(year) == len("2026") else rows.none()
    return found.filter(month__month=int(month)) if month.isdecimal() and len(month) <= len("12") else found


MONTHS: Final = Listing(
    name="complaint-months",
    title=_("Monthly statistics"),
    right=ComplaintRight.MONTHS,
    records=lambda user: months(user).order_by(),
    columns=(
        ListColumn("month", _("Month"), Unit.CODE, "month", str, link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("n", _("Complaints"), Unit.COUNT, "n", narrow=True),
        ListColumn(
            "closed", _("Figures closed on"), Unit.DAY, "made_at", lambda row: localdate(row.made_at), narrow=True
        ),
    ),
    order="-month",
    find=_found,
    hint=_("Year or month, such as 2026-03"),
    empty=_("No month is closed yet. Once it is, its figures stay as they were told, whatever is corrected later."),
    make="complaint-month-new",
    make_label=_("Close a month"),
    make_right=ComplaintRight.RULE,
)
