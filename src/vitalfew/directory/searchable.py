from collections.abc import Iterator

from django.utils.translation import gettext

from vitalfew.directory import questions
from vitalfew.directory.rights import DirectoryRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Distributors, agents, suppliers and carriers by name, pinyin or code."""
    if not user.may(DirectoryRight.SEE):
        return
    for row in questions.found(questions.organisations(user), text).order_by("name", "pk")[:most]:
        kinds = " · ".join(gettext(kind.label) for kind in row.kinds)
        yield Hit("organisation", row.code or str(row.pk), row.name, kinds, row.get_absolute_url())
