from collections.abc import Iterator

from vitalfew.accounts.excerpts import excerpt
from vitalfew.intelligence import questions
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """What is known, the latest first; and competitors by name."""
    if not user.may(IntelligenceRight.SEE):
        return
    for row in questions.found(questions.pieces(user), text).order_by("-day", "-pk")[:most]:
        said = f"{row.grade} {excerpt(row.text, text)}"
        yield Hit("intelligence", str(row.pk), row.about, said, row.get_absolute_url())
    for rival in questions.found_competitors(questions.competitors(user), text).order_by("name", "pk")[:most]:
        yield Hit("competitor", str(rival.pk), rival.name, rival.web, rival.get_absolute_url())
