from collections.abc import Iterator
from typing import Final

from vitalfew.accounts.grams import folded
from vitalfew.activities import questions
from vitalfew.activities.rights import ActivityRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit

WIDE: Final = 48


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """What was written down of visits, calls, mails and notes, the latest first."""
    if not user.may(ActivityRight.SEE):
        return
    rows = questions.found(questions.activities(user), text).order_by("-day", "-pk")
    for row in rows[:most]:
        said = f"{row.day.isoformat()} {excerpt(row.text, text)}"
        yield Hit("note", str(row.pk), row.account.name, said, row.get_absolute_url())


def excerpt(said: str, asked: str) -> str:
    """Some words around the place where the text stands, or the beginning."""
    line = " ".join(said.split())
    place = max(folded(line).find(folded(asked)), 0)
    start = max(place - WIDE // 3, 0)
    return f"{'…' if start else ''}{line[start : start + WIDE]}{'…' if start + WIDE < len(line) else ''}"
