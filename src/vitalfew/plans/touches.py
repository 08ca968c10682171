from collections.abc import Iterator
from datetime import date
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.language import Count, Message, Word
from vitalfew.people.models import User
from vitalfew.plans import questions
from vitalfew.plans.models import Plan, Version
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.plans.words import Rating
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of


def touches(user: User, account: Account) -> Iterator[Touch]:
    """Which plans were agreed to, begun and closed."""
    if not user.may(AccountPlanRight.SEE):
        return
    rows = questions.of_account(user, account)
    kept = Version.objects.filter(plan__in=rows).select_related("plan", "agreed_by").defer("content")
    for each in kept:
        figures: dict[str, Any] = {"who": str(each.agreed_by or "–"), "plan": each.plan.title, "n": Count(each.number)}
        yield _touch(each.plan, each.agreed_on, Message(_("{who} agreed to {plan}, version {n}"), figures))
    for row in rows:
        if row.begun_on:
            yield _touch(row, row.begun_on, Message(_("{plan} was begun"), {"plan": row.title}))
        if row.closed_on:
            figures = {"plan": row.title, "rating": Word(label_of(Rating, row.rating))}
            yield _touch(row, row.closed_on, Message(_("{plan} was closed: {rating}"), figures))


def _touch(row: Plan, day: date, what: Message) -> Touch:
    return Touch(day, TouchKind.PLAN, what, {"id": row.pk}, url=row.get_absolute_url())
