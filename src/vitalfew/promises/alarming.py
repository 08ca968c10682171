"""Promises that somebody must be told of: overdue, given up, and what the customer said to them in the portal."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from vitalfew.accounts.models import TeamRole
from vitalfew.language import Day, Message
from vitalfew.people.roles import Role
from vitalfew.promises.models import Heard, NewDay, Promise, PromiseQuerySet
from vitalfew.promises.rights import PromiseRight
from vitalfew.promises.words import PromiseState
from vitalfew.rooms import CONCERNED, ITS_MANAGER, Alarming, Matter, Urgency
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

DAY: Final = timedelta(days=1)
TOLD_FOR: Final = timedelta(days=14)
"""So long it stands that a promise was given up."""
MISSED: Final = _("What {account} was promised by {due} is not done")
GIVEN_UP: Final = _("What {account} was promised by {due} was given up without its consent")
DENIED: Final = _("{account} says that what was promised by {due} was not kept")
REFUSED: Final = _("{account} does not agree to another day than {due}")


def _rows() -> PromiseQuerySet:
    return Promise.objects.filter(put_away_at=None).select_related("account", "owner")


def overdue(days: float, back: date | None) -> Iterator[Matter]:
    """Open ones whose day lies so many days back; since a day also those settled after theirs."""
    allowed = timedelta(days=int(days))
    missed = Q(state=PromiseState.OPEN, due__lt=timezone.localdate() - allowed)
    late = Q(state__in=(PromiseState.LATE, PromiseState.BROKEN), settled_on__gte=back) if back else Q(pk=None)
    for row in _rows().filter(missed | late):
        begun = row.due + allowed + DAY
        if row.is_open or (row.settled_on and row.settled_on >= begun):
            yield _matter(row, MISSED, begun, row.settled_on)


def broken(_threshold: float, back: date | None) -> Iterator[Matter]:
    """Those given up lately."""
    today = timezone.localdate()
    first = today - TOLD_FOR
    rows = _rows().filter(state=PromiseState.BROKEN, settled_on__gte=min(first, back or first))
    for row in rows.exclude(settled_on=None):
        day = row.settled_on or today
        yield _matter(row, GIVEN_UP, day, None if day >= first else day + TOLD_FOR)


def denied(_threshold: float, back: date | None) -> Iterator[Matter]:
    """Settled as kept, and lately the customer said it was not; answered once it is settled otherwise."""
    rows = Heard.objects.filter(kept=False, said_at__gte=_lately(back), promise__put_away_at=None)
    for heard in rows.select_related("promise__account", "promise__owner").order_by("pk"):
        day = timezone.localdate(heard.said_at)
        stands = heard.promise.state in {PromiseState.KEPT, PromiseState.LATE}
        yield _matter(heard.promise, DENIED, day, None if stands else heard.promise.settled_on or day)


def refused(_threshold: float, back: date | None) -> Iterator[Matter]:
    """Another day was asked for and lately refused: the old one holds; answered once it is settled or moved."""
    newer = NewDay.objects.filter(promise=OuterRef("promise"), pk__gt=OuterRef("pk"))
    rows = NewDay.objects.filter(
        ~Exists(newer), agreed=False, answered_at__gte=_lately(back), promise__put_away_at=None
    )
    for asked in rows.select_related("promise__account", "promise__owner").order_by("pk"):
        day = timezone.localdate(asked.answered_at)
        yield _matter(asked.promise, REFUSED, day, None if asked.promise.is_open else asked.promise.settled_on or day)


def _lately(back: date | None) -> datetime:
    first = min(timezone.localdate() - TOLD_FOR, back or date.max)
    return timezone.make_aware(datetime.combine(first, time.min))


def _matter(row: Promise, text: str, since: date, until: date | None) -> Matter:
    said = Message(text, {"account": row.account.name, "due": Day(day_number(row.due))})
    owner = (row.owner.username,) if row.owner else ()
    return Matter(f"promise:{row.pk}", said, since, row.account.code, row.get_absolute_url(), owner, until)


ALARMING: Final = (
    Alarming(
        "promise-overdue", _("Promise overdue"), _("Keep it, or tell the customer before it asks"), PromiseRight.SEE, overdue,
        (CONCERNED, ITS_MANAGER), Urgency.URGENT, threshold=_("Days after its day"), by_people=True,
    ),
    Alarming(
        "promise-broken", _("Promise given up"), _("Tell the customer why, and what it gets instead"), PromiseRight.SEE, broken,
        (ITS_MANAGER, f"team:{TeamRole.SALES}", f"role:{Role.DIRECTOR}"),
    ),
    Alarming(
        "promise-denied", _("The customer says a promise was not kept"), _("Talk to the customer; settle it as it was"),
        PromiseRight.SEE, denied, (CONCERNED, ITS_MANAGER), Urgency.URGENT, by_people=True, from_start=True,
    ),
    Alarming(
        "day-refused", _("The customer does not agree to another day"), _("Keep the day that holds, or talk to the customer"),
        PromiseRight.SEE, refused, (CONCERNED, ITS_MANAGER), by_people=True, from_start=True,
    ),
)  # fmt: skip
