from collections.abc import Iterator

from vitalfew.exchange import questions
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Exchanges whose note holds the words."""
    for row in questions.exchanges(user).filter(note__icontains=text)[:most]:
        yield Hit("exchange", str(row.pk), row.account.name, row.note[:80], row.get_absolute_url())
