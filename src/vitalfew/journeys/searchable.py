from collections.abc import Iterator

from vitalfew.journeys import questions
from vitalfew.journeys.rights import JourneyRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """By what it is about, its order, family or account; the latest first."""
    if not user.may(JourneyRight.SEE):
        return
    for row in questions.found(questions.journeys(user), text).order_by("-opened_on", "-pk")[:most]:
        said = " ".join(filter(None, (row.opened_on.isoformat(), row.title, row.order)))
        yield Hit("journey", str(row.pk), row.account.name, said, row.get_absolute_url())
