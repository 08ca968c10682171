from collections.abc import Iterator

from django.utils.translation import gettext

from vitalfew.losses import questions
from vitalfew.losses.rights import LossRight
from vitalfew.losses.words import LossState
from vitalfew.people.models import User
from vitalfew.rooms import Hit
from vitalfew.terms import label_of


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """By account and who talks to it; the latest first."""
    if not user.may(LossRight.SEE):
        return
    for row in questions.found(questions.losses(user), text).order_by("-lost_on", "-pk")[:most]:
        said = f"{row.lost_on.isoformat()} {gettext(label_of(LossState, row.state))}"
        yield Hit("loss", str(row.pk), row.account.name, said, row.get_absolute_url())
