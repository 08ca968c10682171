from collections.abc import Iterator

from vitalfew.accounts.excerpts import excerpt
from vitalfew.people.models import User
from vitalfew.rooms import Hit
from vitalfew.visits import questions
from vitalfew.visits.rights import VisitRight


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """What visits are about and what came of them, the latest first."""
    if not user.may(VisitRight.SEE):
        return
    for row in questions.found(questions.visits(user), text).order_by("-day", "-pk")[:most]:
        said = f"{row.day.isoformat()} {excerpt(f'{row.topic} {row.place} {row.result}', text)}"
        yield Hit("visit", str(row.pk), row.names, said, row.get_absolute_url())
