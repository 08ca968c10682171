"""That an account's data is later than agreed on."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.exchange.models import DataDoubt, DataExchange
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.words import Doubt, Settled
from vitalfew.language import Count, Day, Message
from vitalfew.rooms import CONCERNED, ITS_MANAGER, Alarming, Matter, Urgency
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

LATE: Final = _("{account} has not told its sales and stock: {n} {n:report is|reports are} late, the first of {day}")
CAME: Final = _("{account} owes no report of its sales and stock any more")
SETTLED: Final = (Settled.CORRECTED.value, Settled.EXPLAINED.value)


def late(days: float, back: date | None) -> Iterator[Matter]:
    """Those that owe a report so many days after it was due; since a day also those that owe none any more."""
    today = timezone.localdate()
    rows = DataExchange.objects.running(today).filter(account__merged_into=None).select_related("account", "owner")
    for row in rows:
        if row.owes and row.owes_since:
            begun = _due(row, row.owes_since) + timedelta(days=int(days))
            if begun <= today:
                yield _matter(row, LATE, begun, None, row.owes_since)
        elif back and (last := _settled(row, back)):
            yield _matter(row, CAME, _due(row, last.day), timezone.localdate(last.answered_at), last.day)


def _due(row: DataExchange, end: date) -> date:
    """The first day on which the report that ends so is late."""
    return end + timedelta(days=row.due_days)


def _settled(row: DataExchange, back: date) -> DataDoubt | None:
    """The last time that data was late, where it came, or was explained, since a day."""
    rows = DataDoubt.objects.filter(account=row.account_id, kind=Doubt.LATE, state__in=SETTLED)
    return rows.filter(answered_at__date__gte=back).order_by("answered_at").last()


def _matter(row: DataExchange, text: str, since: date, until: date | None, day: date) -> Matter:
    figures: dict[str, Any] = {"account": row.account.name, "n": Count(row.owes), "day": Day(day_number(day))}
    concerned = (row.owner.username,) if row.owner else ()
    return Matter(
        f"data-late:{row.pk}", Message(text, figures), since, row.account.code, row.get_absolute_url(), concerned, until
    )


ALARMING: Final = (
    Alarming(
        "data-late", _("An account's data is late"), _("Ask who answers for it at the account, or explain the missing reports"),
        ExchangeRight.SEE, late, (CONCERNED, ITS_MANAGER), Urgency.NORMAL,
        threshold=_("Days after they were due"), usual=1.0, least=0.0, most=60.0, from_start=True,
    ),
)  # fmt: skip
