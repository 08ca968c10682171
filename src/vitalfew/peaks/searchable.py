from collections.abc import Iterator

from vitalfew.peaks import questions
from vitalfew.peaks.rights import PeakRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Agreements of a category or an account, the latest first."""
    if not user.may(PeakRight.SEE):
        return
    for row in questions.found(questions.peaks(user), text).order_by("-begins", "-pk")[:most]:
        yield Hit("peak", str(row.pk), row.account.name, f"{row.category} {row.begins}".strip(), row.get_absolute_url())
