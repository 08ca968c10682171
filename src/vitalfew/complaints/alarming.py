"""Complaints of which somebody must be told: overdue, overdue for long, serious, and in the facts open for too long."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.remembered import kept
from vitalfew.complaints import severity
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Due
from vitalfew.language import Day, Message, Word
from vitalfew.people.permissions import Right
from vitalfew.people.roles import Role
from vitalfew.rooms import CONCERNED, ITS_MANAGER, OURS, Alarming, Matter, Urgency
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.run import day_number, day_of

DAYS: Final = 7
HOURS: Final = 0
LONG: Final = 24
COLUMNS: Final = ("complaint_id", "customer", "received_on", "closed_on")


def late(hours: float, _back: date | None) -> Iterator[Matter]:
    """What should have been done so many hours ago."""
    until = timezone.now() - timedelta(hours=hours)
    rows = Complaint.objects.running().filter(waiting_since=None, due_at__lt=until).select_related("account", "owner")
    for row in rows:
        yield _ours(row, _("Complaint {number} is overdue: {what}"), timezone.localdate(row.due_at))


def serious(_threshold: float, back: date | None) -> Iterator[Matter]:
    """Running ones of severity 3 and 4; since a day also those that were settled."""
    stands = Q(pk__in=Complaint.objects.running().values("pk"))
    settled = Q(closed_on__gte=back, put_away_at=None) & (Q(imported=False) | Q(taken_up=True)) if back else Q(pk=None)
    rows = Complaint.objects.filter(stands | settled, severity__gte=severity.SERIOUS_FROM).select_related(
        "account", "owner"
    )
    for row in rows:
        yield _ours(row, _("Complaint {number} is serious, severity {severity}"), row.received_on, row.closed_on)


def _ours(row: Complaint, text: str, since: date, until: date | None = None) -> Matter:
    figures: dict[str, Any] = {
        "number": row.number, "severity": str(row.severity), "what": Word(label_of(Due, row.due_what) if row.due_what else ""),
    }  # fmt: skip
    owner = (row.owner.username,) if row.owner else ()
    account = row.account.code if row.account else ""
    return Matter(f"complaint:{row.pk}", Message(text, figures), since, account, row.get_absolute_url(), owner, until)


def unsettled(days: float, back: date | None) -> Iterator[Matter]:
    """Open for more than so many days on the figures' day; since a day also those closed after as long.

    One that was taken up here has a clock of its own.
    """
    refresh = scorecards.current()
    if refresh is None:
        return
    today = day_number(refresh.as_of)
    rows = kept(refresh, "complaints-waited", _waited)
    ours = set(Complaint.objects.filter(imported=True, taken_up=True).values_list("number", flat=True))
    names = dict(Account.objects.filter(code__in={row[1] for row in rows}).values_list("code", "name"))
    for number, code, received, closed in (row for row in rows if row[0] not in ours):
        over = closed is not None and closed <= today
        long = (closed if over else today) - received > days
        if long and code in names and (not over or (back is not None and closed >= day_number(back))):
            yield _matter(number, code, names[code], received, int(days), closed if over else None)


def _waited() -> list[list[Any]]:
    """Number, account, days of arrival and end of the complaints that are open or were closed in the last half year."""
    source = facts(settings.HOME, DuckEngine())
    if "complaints" not in source.names:
        return []
    table = source.frame("complaints", None).select(*COLUMNS).collect("pyarrow").to_native()
    rows = [list(row) for row in zip(*(table[name].to_pylist() for name in COLUMNS), strict=True)]
    last = max((row[2] for row in rows), default=0)
    rows = [row for row in rows if not row[0].startswith(OURS)]
    return sorted(row for row in rows if row[3] is None or row[3] >= last - LOOKED_BACK)


LOOKED_BACK: Final = 182


def _matter(number: str, code: str, name: str, received: int, days: int, closed: int | None) -> Matter:  # noqa: PLR0917  (a row of the facts)
    said = Message(_("A complaint of {account} has been open since {day}"), {"account": name, "day": Day(received)})
    until = day_of(closed) if closed is not None else None
    return Matter(
        f"complaint:{number}", said, day_of(received + days + 1), code, f"/accounts/{code}/?tab=complaints", (), until
    )


TAKES: Final = f"role:{Role.COMPLAINTS}"
ALARMING: Final = (
    Alarming(
        "complaint-late", _("Complaint overdue"), _("Do what is due, or tell the customer by when"), ComplaintRight.SEE, late,
        (CONCERNED, ITS_MANAGER, TAKES), Urgency.URGENT, threshold=_("Hours after it was due"), usual=HOURS, by_people=True,
    ),
    Alarming(
        "complaint-very-late", _("Complaint overdue for long"), _("Ask who settles it, or hand it on"), ComplaintRight.SEE, late,
        (f"role:{Role.DIRECTOR}",), Urgency.URGENT, threshold=_("Hours after it was due"), usual=LONG, by_people=True,
    ),
    Alarming(
        "complaint-serious", _("Serious complaint"), _("See that somebody is on site, and call the customer"), ComplaintRight.SEE,
        serious, (ITS_MANAGER, f"role:{Role.DIRECTOR}", TAKES), Urgency.URGENT, by_people=True,
    ),
    Alarming(
        "complaint-open", _("Complaint open too long"), _("Settle it, and tell the customer by when"), Right.ACCOUNTS, unsettled,
        (ITS_MANAGER, TAKES), Urgency.URGENT, threshold=_("Days it has been open"), usual=DAYS,
        by_people=True,
    ),
)  # fmt: skip
