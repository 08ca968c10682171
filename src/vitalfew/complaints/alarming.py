"""Complaints that have been open too long, as the facts tell."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.accounts.remembered import kept
from vitalfew.language import Day, Message
from vitalfew.people.permissions import Right
from vitalfew.people.roles import Role
from vitalfew.rooms import ITS_MANAGER, Alarming, Matter, Urgency
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.run import day_number, day_of

DAYS: Final = 7
COLUMNS: Final = ("complaint_id", "customer", "received_on", "closed_on")


def unsettled(days: float, back: date | None) -> Iterator[Matter]:
    """Open for more than so many days on the figures' day; since a day also those closed after as long."""
    refresh = scorecards.current()
    if refresh is None:
        return
    today = day_number(refresh.as_of)
    rows = kept(refresh, "complaints-waited", _waited)
    names = dict(Account.objects.filter(code__in={row[1] for row in rows}).values_list("code", "name"))
    for number, code, received, closed in rows:
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
    return sorted(row for row in rows if row[3] is None or row[3] >= last - LOOKED_BACK)


LOOKED_BACK: Final = 182


def _matter(number: str, code: str, name: str, received: int, days: int, closed: int | None) -> Matter:  # noqa: PLR0917  (a row of the facts)
    said = Message(_("A complaint of {account} has been open since {day}"), {"account": name, "day": Day(received)})
    until = day_of(closed) if closed is not None else None
    return Matter(
        f"complaint:{number}", said, day_of(received + days + 1), code, f"/accounts/{code}/?tab=complaints", (), until
    )


ALARMING: Final = (
    Alarming(
        "complaint-open", _("Complaint open too long"), _("Settle it, and tell the customer by when"), Right.ACCOUNTS, unsettled,
        (ITS_MANAGER, f"role:{Role.COMPLAINTS}"), Urgency.URGENT, threshold=_("Days it has been open"), usual=DAYS,
        by_people=True,
    ),
)  # fmt: skip
