from collections.abc import Iterator

from vitalfew.accounts.excerpts import excerpt
from vitalfew.ideas import questions
from vitalfew.ideas.rights import IdeaRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Ideas, the latest first."""
    if not user.may(IdeaRight.SEE):
        return
    for row in questions.found(questions.ideas(user), text).order_by("-said_on", "-pk")[:most]:
        yield Hit("idea", row.number, str(row.account or row.who), excerpt(row.text, text), row.get_absolute_url())
