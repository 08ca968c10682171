"""What incentives ask for: to tell an account what is missing to its next threshold, and to book what a period has earned."""

from collections.abc import Iterator
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from vitalfew.coins import amount, written
from vitalfew.incentives import questions
from vitalfew.incentives.models import Standing
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.language import Day, Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

MOST: Final = 20
BOOKING: Final = 1e9
MISSING: Final = _("Missing to the next threshold")


def waiting(user: User) -> Iterator[Task]:
    if not user.may(IncentiveRight.SEE):
        return
    yield from (_near(row) for row in questions.just_below(user)[:MOST])
    if user.may(IncentiveRight.BOOK):
        yield from (_book(row) for row in questions.to_be_booked()[:MOST])


def _near(row: Standing) -> Task:
    figures: dict[str, Any] = {
        "account": row.account.name, "scheme": row.of.scheme.name, "missing": row.missing_exactly,
        "day": Day(day_number(row.until)),
    }  # fmt: skip
    why = Message(_("{missing} more by {day}, and {account} reaches the next threshold of {scheme}"), figures)
    return Task(
        _("Tell it what is missing"), why, _("Open"), row.get_absolute_url(), row.account.code,
        effect=float(amount(row.missing or 0, row.currency)), basis=MISSING, due=row.until,
        priority=float(amount(row.missing or 0, row.currency)),
    )  # fmt: skip


def _book(row: dict[str, Any]) -> Task:
    since, until = (Day(day_number(row[name])) for name in ("since", "until"))
    said = written(amount(row["open"], row["currency"]), row["currency"])
    figures: dict[str, Any] = {"scheme": row["of__scheme__name"], "since": since, "until": until, "amount": said}
    why = Message(_("{scheme}, {since} – {until}: {amount} is earned and not booked"), figures)
    return Task(
        _("Book a period's incentives"), why, _("Open"), reverse("incentive", args=[row["of__scheme"]]),
        due=timezone.localdate(), soon=True, priority=BOOKING,
    )  # fmt: skip
