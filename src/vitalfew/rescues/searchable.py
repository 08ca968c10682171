from collections.abc import Iterator

from django.utils.translation import gettext

from vitalfew.people.models import User
from vitalfew.rescues import questions
from vitalfew.rescues.rights import RescueRight
from vitalfew.rooms import Hit
from vitalfew.terms import ChurnCause, label_of


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """By account, who leads it and its words; the latest first."""
    if not user.may(RescueRight.SEE):
        return
    for row in questions.found(questions.rescues(user), text).order_by("-begun_on", "-pk")[:most]:
        said = f"{row.begun_on.isoformat()} {gettext(label_of(ChurnCause, row.cause))}"
        yield Hit("rescue", str(row.pk), row.account.name, said, row.get_absolute_url())
