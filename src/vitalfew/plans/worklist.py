"""What account plans ask for: an action to do, a plan to review. What waits for agreement, approvals tell."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from vitalfew.language import Day, Message
from vitalfew.people.models import User
from vitalfew.plans import questions
from vitalfew.plans.models import Plan, Step
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

MOST: Final = 30
OVERDUE: Final = 9e8
SOON: Final = 4e8


def waiting(user: User) -> Iterator[Task]:
    if not user.may(AccountPlanRight.SEE):
        return
    for step in questions.steps_to_do(user)[:MOST]:
        yield _step(step)
    if not user.may(AccountPlanRight.WRITE):
        return
    for plan in questions.to_review(user)[:MOST]:
        yield _review(plan)


def _step(row: Step) -> Task:
    why = _("Its day has passed: {text} ({plan})") if row.is_overdue else _("{text} ({plan})")
    figures = {"text": row.text, "plan": row.plan.title}
    return Task(
        _("Do what the account plan says"), Message(why, figures), _("Open the plan"), row.plan.get_absolute_url(),
        row.plan.account.code, due=row.due, soon=True, priority=OVERDUE if row.is_overdue else SOON,
    )  # fmt: skip


def _review(row: Plan) -> Task:
    over = row.until < timezone.localdate()
    figures: dict[str, Any] = {"plan": row.title, "until": Day(day_number(row.until))}
    why = _("{plan} ended on {until}: say how it went, and begin the next") if over else _("How far has {plan} come?")
    return Task(
        _("Review an account plan"), Message(why, figures), _("Review it"), row.get_absolute_url(), row.account.code,
        due=row.review_on, soon=over, priority=OVERDUE if over else SOON,
    )  # fmt: skip
