from collections import Counter
from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _
from vitalfew.training import questions
from vitalfew.training.rights import TrainingRight


def touches(user: User, account: Account) -> Iterator[Touch]:
    """Sessions to which somebody of it came."""
    if not user.may(TrainingRight.SEE):
        return
    rows = [row.session for row in questions.of_account(user, account) if row.came_at]
    counts = Counter(row.pk for row in rows)
    for row in {each.pk: each for each in rows}.values():
        figures: dict[str, Any] = {"title": row.programme.title, "n": Count(counts[row.pk])}
        what = Message(_("{n} {n:person was|people were} trained: {title}"), figures)
        yield Touch(row.day, TouchKind.TRAINING.value, what, {"id": row.pk}, url=row.get_absolute_url())
