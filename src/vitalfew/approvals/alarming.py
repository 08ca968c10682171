"""Requests that nobody decides."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.approvals.deciding import deciders
from vitalfew.approvals.models import Approval
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.approvals.words import ApprovalState
from vitalfew.language import Day, Message
from vitalfew.people.roles import Role
from vitalfew.rooms import CONCERNED, Alarming, Matter
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

DAYS: Final = 3
MOST: Final = 200
"""So many are looked at, the longest waiting first."""
ABOUT: Final = _("A request about {account} has waited for a decision since {day}")
ABOUT_NONE: Final = _("A request has waited for a decision since {day}")


def waiting(days: float, back: date | None) -> Iterator[Matter]:
    """Those that wait longer than so many days; since a day also those that were decided after as long."""
    allowed = timedelta(days=int(days))
    rows = Approval.objects.filter(put_away_at=None).select_related("account").order_by("asked_at", "pk")
    open_ones = rows.filter(state=ApprovalState.WAITING, asked_at__lt=timezone.now() - allowed)
    for row in open_ones[:MOST]:
        yield _matter(row, allowed, tuple(each.username for each in deciders(row)))
    for row in rows.exclude(state=ApprovalState.WAITING).filter(changed_at__date__gte=back)[:MOST] if back else ():
        if row.changed_at - row.asked_at > allowed:
            yield _matter(row, allowed, (), timezone.localdate(row.changed_at))


def _matter(row: Approval, allowed: timedelta, concerned: tuple[str, ...], until: date | None = None) -> Matter:
    asked = timezone.localdate(row.asked_at)
    figures: dict[str, Any] = {"account": str(row.account or ""), "day": Day(day_number(asked))}
    said = Message(ABOUT if row.account else ABOUT_NONE, figures)
    code = row.account.code if row.account else ""
    return Matter(f"approval:{row.pk}", said, asked + allowed, code, row.get_absolute_url(), concerned, until)


ALARMING: Final = (
    Alarming(
        "approval-waiting", _("Request undecided"), _("Approve it or send it back: somebody cannot go on"), ApprovalRight.SEE,
        waiting, (CONCERNED, f"role:{Role.DIRECTOR}"), threshold=_("Days of waiting"), usual=DAYS, by_people=True,
    ),
)  # fmt: skip
