"""Checks of late stages that somebody must be told of: obligatory ones that are overdue."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from vitalfew.journeys.models import Check
from vitalfew.journeys.rights import JourneyRight
from vitalfew.journeys.words import LATE, CheckState
from vitalfew.language import Day, Message
from vitalfew.rooms import CONCERNED, ITS_MANAGER, Alarming, Matter
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

DAY: Final = timedelta(days=1)
MISSED: Final = _("At {account}, a check after delivery that was due on {due} is not done")


def overdue(days: float, back: date | None) -> Iterator[Matter]:
    """Open ones whose day lies so many days back; since a day also those settled after theirs."""
    allowed = timedelta(days=int(days))
    missed = Q(state=CheckState.OPEN, due__lt=timezone.localdate() - allowed)
    late = Q(settled_on__gte=back) & ~Q(state=CheckState.OPEN) if back else Q(pk=None)
    rows = Check.objects.filter(missed | late, stage__in=LATE, must=True, put_away_at=None, journey__put_away_at=None)
    for row in rows.exclude(due=None).select_related("journey__account", "owner"):
        begun = (row.due or date.min) + allowed + DAY
        if row.is_open or (row.settled_on and row.settled_on >= begun):
            yield _matter(row, begun)


def _matter(row: Check, since: date) -> Matter:
    said = Message(MISSED, {"account": row.account.name, "due": Day(day_number(row.due or since))})
    owner = (row.owner.username,) if row.owner else ()
    return Matter(f"check:{row.pk}", said, since, row.account.code, row.get_absolute_url(), owner, row.settled_on)


ALARMING: Final = (
    Alarming(
        "late-check", _("Check after delivery overdue"), _("Do it, or say why it is left out"), JourneyRight.SEE, overdue,
        (CONCERNED, ITS_MANAGER), threshold=_("Days after its day"), usual=5.0, by_people=True,
    ),
)  # fmt: skip
