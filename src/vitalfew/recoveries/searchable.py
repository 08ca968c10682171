from collections.abc import Iterator

from django.utils.translation import gettext

from vitalfew.people.models import User
from vitalfew.recoveries import questions
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.words import RecoveryState
from vitalfew.rooms import Hit
from vitalfew.terms import label_of


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """By account, who leads it, its words and its round; the latest first."""
    if not user.may(RecoveryRight.SEE):
        return
    for row in questions.found(questions.recoveries(user), text).order_by("-winback_round__begun_on", "-pk")[:most]:
        said = f"{row.winback_round.name} · {gettext(label_of(RecoveryState, row.state))}"
        yield Hit("recovery", str(row.pk), row.account.name, said, row.get_absolute_url())
