"""What agreements ask for: to decide how one goes on, ahead of the day of notice; to say what follows from a breach."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from vitalfew.agreements import questions
from vitalfew.agreements.models import Agreement, Breach, Obligation
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import BreachState, Renewal, Side
from vitalfew.language import Day, Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

MOST: Final = 30
LATE: Final = 9.5e8
AHEAD: Final = 4.5e8
OWED_LATE: Final = 8e8
BREACH: Final = 6e8
"""Behind one's word to a customer, before what the analyses advise."""


def waiting(user: User) -> Iterator[Task]:
    if not user.may(AgreementRight.WRITE):
        return
    for row in questions.asking(user)[:MOST]:
        yield _decide(row)
    for breach in questions.breaches_asking(user)[:MOST]:
        yield _breach(breach)
    for owed in questions.obligations_asking(user)[:MOST]:
        yield _owed(owed)


def _decide(row: Agreement) -> Task:
    today = timezone.localdate()
    why, due, late = _why(row, today)
    figures: dict[str, Any] = {"agreement": str(row)}
    figures |= {name: Day(day_number(day)) for name, day in (("until", row.until), ("notice", row.notice_on)) if day}
    return Task(
        _("Decide how an agreement goes on"), Message(why, figures), _("Open the agreement"), row.get_absolute_url(),
        row.account.code, due=due, soon=late, priority=LATE if late else AHEAD,
    )  # fmt: skip


def _why(row: Agreement, today: Any) -> tuple[str, Any, bool]:
    """In words; by when; whether that has passed."""
    if row.until and row.until < today:
        return _("{agreement} ended on {until}: renew it, or write down that it is over"), row.until, True
    if row.notice_on is None or row.renewal == Renewal.NONE:
        return _("{agreement} ends on {until}: will it be renewed?"), row.until, False
    if row.notice_on >= today:
        return _("{agreement}: notice can be given until {notice}; it ends on {until}"), row.notice_on, False
    if row.renewal == Renewal.AUTOMATIC:
        return (
            _("{agreement}: the day of notice, {notice}, has passed; it renews itself after {until}"),
            row.until,
            True,
        )
    return _("{agreement}: the day of notice, {notice}, has passed; it ends on {until}"), row.until, True


def _owed(row: Obligation) -> Task:
    """Of what we owe: do it; of what the customer owes: ask for it."""
    due, ours = row.due or timezone.localdate(), row.side == Side.OURS
    late = due < timezone.localdate()
    figures: dict[str, Any] = {"agreement": str(row.agreement), "text": row.text, "due": Day(day_number(due))}
    if ours:
        why = (
            _("{agreement}: we owed this by {due}: {text}") if late else _("{agreement}: we owe this by {due}: {text}")
        )
    else:
        why = (
            _("{agreement}: the customer owed this by {due}: {text}")
            if late
            else _("{agreement}: the customer owes this by {due}: {text}")
        )
    what = _("Do what an agreement asks of us") if ours else _("Ask for what an agreement promises us")
    return Task(
        what, Message(why, figures), _("Open the agreement"), row.get_absolute_url(), row.agreement.account.code, due=due,
        soon=True, priority=OWED_LATE if late else AHEAD,
    )  # fmt: skip


def _breach(row: Breach) -> Task:
    figures: dict[str, Any] = {"agreement": str(row.agreement), "text": str(row), "amount": row.penalty}
    opened = row.state == BreachState.OPEN
    why = _("{agreement} was broken: {text}") if opened else _("Penalty of {amount} under {agreement}: {text}")
    return Task(
        _("Say what follows from a breach") if opened else _("Settle a penalty"), Message(why, figures), _("Open"),
        row.get_absolute_url(), row.agreement.account.code, due=row.due, soon=True, priority=BREACH,
    )  # fmt: skip
