from collections.abc import Iterator

from vitalfew.club import questions
from vitalfew.club.rights import ClubRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Levels by any of their names, and events, the latest first."""
    if not user.may(ClubRight.SEE):
        return
    for level in questions.levels(user):
        if any(text.casefold() in name.casefold() for name in level.names.values()):
            yield Hit("club level", level.mark, str(level), "", level.get_absolute_url())
    for row in questions.found_events(questions.events(user), text).order_by("-day", "-pk")[:most]:
        yield Hit("club event", str(row.pk), row.title, row.day.isoformat(), row.get_absolute_url())
