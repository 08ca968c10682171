from collections.abc import Iterator

from vitalfew.accounts.excerpts import excerpt
from vitalfew.activities import questions
from vitalfew.activities.rights import ActivityRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """What was written down of visits, calls, mails and notes, the latest first."""
    if not user.may(ActivityRight.SEE):
        return
    rows = questions.found(questions.activities(user), text).order_by("-day", "-pk")
    for row in rows[:most]:
        said = f"{row.day.isoformat()} {excerpt(row.text, text)}"
        yield Hit("note", str(row.pk), row.account.name, said, row.get_absolute_url())
