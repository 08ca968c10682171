from collections.abc import Iterator

from vitalfew.approvals import questions
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """What was asked for, the latest first."""
    for row in questions.found(questions.approvals(user), text)[:most]:
        yield Hit("approval", str(row.pk), str(row), str(row.account or ""), row.get_absolute_url())
