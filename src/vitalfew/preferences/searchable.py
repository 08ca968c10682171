from collections.abc import Iterator

from vitalfew.accounts.excerpts import excerpt
from vitalfew.people.models import User
from vitalfew.preferences import questions
from vitalfew.preferences.rights import PreferenceRight
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """What works or does not, the latest seen first."""
    if not user.may(PreferenceRight.SEE):
        return
    rows = questions.preferences(user).filter(text__icontains=text)
    for row in rows.order_by("-seen_on", "-pk")[:most]:
        said = excerpt(row.text, text)
        yield Hit("preference", str(row.pk), row.account.name, said, row.get_absolute_url())
