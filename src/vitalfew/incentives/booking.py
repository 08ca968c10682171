"""A closed period booked once, and reversed by counter-entries.

book      one entry an account: what was earned and is not booked yet. A key that was used gives the same booking again;
of two people at once one books, and for the other nothing is left
reverse   a second person approves; then every entry gets its counter-entry: together they are zero, to the coin
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.words import ApprovalState
from vitalfew.coins import amount
from vitalfew.incentives import questions
from vitalfew.incentives.models import Booking, Entry, Scheme, Standing
from vitalfew.incentives.periods import Period
from vitalfew.incentives.questions import EARNED
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.words import EntryKind
from vitalfew.language import Day, Message
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

KIND: Final = "incentive-reversal"
AT_ONCE: Final = 5_000


@transaction.atomic
def book(user: User, pk: int, period: Period, expected: int, key: str) -> Booking:
    """All that is owed for the period, as much as the page showed."""
    user.must(IncentiveRight.BOOK)
    scheme = Scheme.objects.visible_to(user).select_for_update().get(pk=pk)
    known = Booking.objects.filter(key=key).first()
    if known is not None:
        if (known.scheme_id, known.since, known.until) != (scheme.pk, period.since, period.until):
            raise NotPossible(_("This key was used for another booking: take a new one"))
        return known
    if period.until >= timezone.localdate():
        raise NotPossible(_("The period has not ended yet"))
    owed = questions.open_amounts(scheme, period)
    if not owed:
        raise NotPossible(_("Nothing is left to book: somebody has booked this period already, as its bookings tell"))
    if sum(owed.values()) != expected:
        raise NotPossible(_("The amounts changed since the page was shown: look, and book again"))
    return _booked(user, scheme, period, owed, key)


def _booked(user: User, scheme: Scheme, period: Period, owed: dict[int, int], key: str) -> Booking:
    currency = Entry.objects.of_period(scheme, period).values_list("currency", flat=True)[0]
    made = records.make(user, Booking(
        scheme=scheme, since=period.since, until=period.until, key=key, currency=currency, units=sum(owed.values()),
        accounts=len(owed),
    ))  # fmt: skip
    entries = (_entry(user, made, account, units, EntryKind.BOOKED) for account, units in owed.items())
    Entry.objects.bulk_create(list(entries), batch_size=AT_ONCE)
    made.noted(
        user, "book", {"units": made.units, "currency": currency, "accounts": made.accounts, "period": str(period)}
    )
    _tell(scheme, period)
    return made


def _entry(user: User, booking: Booking, account: int, units: int, kind: EntryKind, **more: Any) -> Entry:
    return Entry(
        scheme_id=booking.scheme_id, account_id=account, since=booking.since, until=booking.until, kind=kind.value,
        units=units, currency=booking.currency, day=timezone.localdate(), who=user.username, booking=booking, **more,
    )  # fmt: skip


@transaction.atomic
def ask_reversal(user: User, pk: int, version: int, why: str) -> Booking:
    """Ask a second person to have it reversed."""
    user.must(IncentiveRight.BOOK)
    row = (
        Booking.objects.visible_to(user).select_for_update(of=("self",)).select_related("approval", "scheme").get(pk=pk)
    )
    if row.version != version:
        raise Stale(row)
    if row.is_reversed:
        raise NotPossible(_("It is reversed already"))
    if row.approval and row.approval.state == ApprovalState.WAITING:
        raise NotPossible(_("Its reversal waits for approval already"))
    said = Message(
        _("Reverse the booking of {scheme}, {since} – {until}: {amount}"),
        {"scheme": row.scheme.name, **_days(row), "amount": row.exactly},
    )  # fmt: skip
    subject = Subject(row.pk, row.get_absolute_url(), said, currency=row.currency)
    asked = approvals.ask(user, KIND, subject, abs(amount(row.units, row.currency)), why)
    return records.change(user, Booking.objects.all(), pk, row.version, {"approval": asked, "why": why})


def _days(row: Booking) -> dict[str, Any]:
    return {name: Day(day_number(getattr(row, name))) for name in ("since", "until")}


def became(user: User, number: int, state: str) -> None:
    """Approved, every entry of the booking gets its counter-entry."""
    row = Booking.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=number)
    if state != ApprovalState.APPROVED:
        return
    if row.is_reversed:
        raise NotPossible(_("It is reversed already"))
    Scheme.objects.select_for_update().get(pk=row.scheme_id)
    Entry.objects.bulk_create(list(_counter(user, row)), batch_size=AT_ONCE)
    fields = {"reversed_at": timezone.now(), "reversed_by": user.username}
    done = records.change(user, Booking.objects.all(), row.pk, row.version, fields)
    done.noted(user, "reverse", {"units": -row.units, "currency": row.currency})
    _tell(row.scheme, Period(row.since, row.until))


def _counter(user: User, row: Booking) -> Iterator[Entry]:
    for each in row.entries.filter(kind=EntryKind.BOOKED):
        yield _entry(user, row, each.account_id, -each.units, EntryKind.REVERSED, reverses=each)


def _tell(scheme: Scheme, period: Period) -> None:
    """How much is booked stands beside what each account earned."""
    rows = Entry.objects.of_period(scheme, period).exclude(kind__in=EARNED).order_by()
    booked = dict(rows.values_list("account").annotate(units=Sum("units")))
    shown = Standing.objects.filter(of__scheme=scheme, since=period.since, until=period.until)
    changed = [row for row in shown if row.booked != booked.get(row.account_id, 0)]
    for row in changed:
        row.booked = booked.get(row.account_id, 0)
    Standing.objects.bulk_update(changed, ["booked"], batch_size=500)
