"""Changes to agreements on peak seasons: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vitalfew.accounts.models import Account
from vitalfew.peaks import outturn, questions
from vitalfew.peaks.models import Arrangement, Booking, Peak
from vitalfew.peaks.rights import PeakRight
from vitalfew.peaks.words import Answer, Heard, PeakState, Side
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _

FIELDS: Final = ("category", "begins", "ends", "follows", "owner", "view", "heard", "growth", "stock", "commitment")
OWN: Final = Owned(Peak, PeakRight.MAKE, questions.may_change, ("account",))
put_away, fetch_back = OWN.put_away, OWN.fetch_back
LEAD: Final[Mapping[Side, int]] = {Side.PRODUCTION: 28, Side.TRANSPORT: 14}
"""So many days before the peak each must be done."""
ASKS: Final[Mapping[Side, str]] = {
    Side.PRODUCTION: _("Make what is booked in time"), Side.TRANSPORT: _("Bring what is booked in its weeks"),
}  # fmt: skip
CLOSED: Final = _("It is closed")
NOTHING: Final = _("No quantities are booked: enter them first")


class Line(NamedTuple):
    """What is booked of a product for a week."""

    product: str
    week: date
    quantity: Decimal


@transaction.atomic
def draft(user: User, account: Account, fields: Mapping[str, Any]) -> Peak:
    """Begin to talk about a peak."""
    user.must(PeakRight.MAKE)
    return records.make(user, Peak(account=account, **{"owner": user, **fields}))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Peak:
    """Correct it, unless somebody saved since ``version``."""
    if OWN.held(user, pk).state == PeakState.CLOSED:
        raise NotPossible(CLOSED)
    return records.change(user, Peak.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def book(user: User, pk: int, version: int, lines: Sequence[Line]) -> Peak:
    """Exactly these quantities, in place of those of before; what the account said of one that stays is kept."""
    row = _held(user, pk, version)
    if row.state == PeakState.CLOSED:
        raise NotPossible(CLOSED)
    said = {(each.product, each.week): each.said for each in row.bookings.all()}
    row.bookings.all().delete()
    Booking.objects.bulk_create(
        Booking(peak=row, product=line.product, week=line.week, quantity=line.quantity, said=said.get(line[:2]))
        for line in lines
    )
    return _moved(user, row, "book", {}, lines=len(lines))


@transaction.atomic
def propose(user: User, pk: int, version: int) -> Peak:
    """What it ordered in its last peak, week by week, with the growth it expects."""
    row = _held(user, pk, version)
    found, times = outturn.last_time(row), 1 + (row.growth or 0) / 100
    if not found:
        raise NotPossible(_("Nothing was ordered in the peak a year before: enter the quantities"))
    lines = [Line(product, week, Decimal(ceil(float(n) * times))) for (product, week), n in found.items()]
    return book(user, pk, row.version, [line for line in lines if line.week <= row.ends])


@transaction.atomic
def ask(user: User, pk: int, version: int) -> Peak:
    """The account is asked: it sees the quantities in the portal, and may say others."""
    row = _held(user, pk, version)
    if row.state != PeakState.DRAFT:
        raise NotPossible(_("The account was asked already"))
    _booked(row)
    return _moved(user, row, "ask", {"state": PeakState.ASKED.value, "asked_on": timezone.localdate()})


@transaction.atomic
def agree(user: User, pk: int, version: int, *, on: date, whom: str, theirs: bool) -> Peak:
    """Both sides hold to it: production and transport are asked. With ``theirs`` the quantities are those the account said."""
    row = _held(user, pk, version)
    if not row.is_open:
        raise NotPossible(_("It is agreed already"))
    rows = _booked(row)
    for each in rows if theirs else ():
        if each.said is not None:
            each.quantity = each.said
            each.save(update_fields=["quantity"])
    made = _moved(user, row, "agree", {"state": PeakState.AGREED.value, "agreed_on": on, "agreed_with": whom})
    for side, days in LEAD.items():
        due = max(row.begins - timedelta(days=days), timezone.localdate())
        if not row.arrangements.filter(side=side, put_away_at=None).exists():
            records.make(user, Arrangement(peak=row, side=side.value, text=gettext(ASKS[side]), due=due))
    return made


@transaction.atomic
def reopen(user: User, pk: int) -> Peak:
    """It is talked about again."""
    row = OWN.held(user, pk)
    if row.is_open:
        raise NotPossible(_("It is open"))
    state = PeakState.AGREED if row.state == PeakState.CLOSED else PeakState.ASKED if row.asked_on else PeakState.DRAFT
    fields: dict[str, Any] = {"state": state.value, "closed_on": None}
    return _moved(user, row, "reopen", fields if row.closed_on else {**fields, "agreed_on": None, "agreed_with": ""})


@transaction.atomic
def close(user: User, pk: int, version: int, *, lesson: str) -> Peak:
    """It is over: what was taken and sold stays as it is known now, and what was learned."""
    row = _held(user, pk, version)
    if not row.is_agreed:
        raise NotPossible(_("Only what is agreed can be closed"))
    if row.ends >= timezone.localdate():
        raise NotPossible(_("It is not over yet"))
    rows = outturn.filled(row, list(row.bookings.all()))
    for asked in row.arrangements.filter(answer=Answer.OPEN, put_away_at=None):
        records.put_away(user, row.arrangements.all(), asked.pk)
    Booking.objects.bulk_update(rows, ["taken", "sold"], batch_size=500)
    fields = {"state": PeakState.CLOSED.value, "closed_on": timezone.localdate(), "lesson": lesson}
    return _moved(user, row, "close", fields)


@transaction.atomic
def say(visitor: User, accounts: Sequence[int], pk: int, quantities: Mapping[int, Decimal], view: str) -> Peak:
    """Somebody of the account's says what it would take, and how he sees the trend."""
    row = Peak.objects.select_for_update().get(pk=pk, account__in=accounts, put_away_at=None, state=PeakState.ASKED)
    for each in row.bookings.filter(pk__in=quantities):
        each.said = quantities[each.pk]
        each.save(update_fields=["said"])
    fields = {"view": view, "heard": Heard.PORTAL.value} if view else {}
    return _moved(visitor, row, "say", fields, lines=len(quantities))


def _held(user: User, pk: int, version: int) -> Peak:
    row = OWN.held(user, pk)
    if row.version != version:
        raise Stale(row)
    return row


def _booked(row: Peak) -> list[Booking]:
    rows = list(row.bookings.all())
    if not rows:
        raise NotPossible(NOTHING)
    return rows


def _moved(user: User, row: Peak, step: str, fields: Mapping[str, Any], **told: Any) -> Peak:
    before = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.changed_by = user.username
    row.save()
    changes = {name: [_plain(before[name]), _plain(value)] for name, value in fields.items() if before[name] != value}
    row.noted(user, step, {**changes, **{name: [None, value] for name, value in told.items()}})
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
