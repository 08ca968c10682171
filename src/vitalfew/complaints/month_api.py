"""/complaint-months: monthly statistics as they were told, with their lines."""

from typing import Any, Final

from ninja import Router

from vitalfew.complaints import closing_months, monthly
from vitalfew.complaints.learning_shapes import MonthNew, MonthOut
from vitalfew.complaints.models import ClosedMonth
from vitalfew.complaints.month_listing import LINES, MONTHS, months
from vitalfew.complaints.month_pages import CloseForm
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

router = Router(tags=["complaints"])


def _told(_user: User, row: ClosedMonth) -> dict[str, Any]:
    lines = list(row.lines.all())
    told = monthly.figures_of(lines)
    return {
        "month": str(row), "closed_at": row.made_at, "complaints": told.n, "open": told.open, "currency": row.currency,
        "shares": {name: {"n": share.n, "of": share.of} for name, share in told.shares.items()},
        "median_days": told.median, "most_days": told.most, "money": told.money,
        "lines": [{column.name: column.value(line) for column in LINES} for line in lines],
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "complaint_month", MONTHS, months, MonthOut, _told, see=ComplaintRight.MONTHS, write=ComplaintRight.RULE,
    many="complaint-months",
)  # fmt: skip
OPERATIONS.reads(
    "Months of complaints that are closed.", "One month: its figures, and the lines from which they follow."
)


@OPERATIONS.adds
def close_complaint_month(user: User, sent: MonthNew) -> ClosedMonth:
    """Close a month that is over, such as 2026-03: its figures stay as they are told."""
    return closing_months.close(user, checked(CloseForm(sent.dict()), ("month",))["month"])


@OPERATIONS.puts_away
def open_complaint_month(user: User, row: ClosedMonth) -> None:
    """Open it again; what it told is kept."""
    closing_months.open_again(user, row.pk)
