from collections.abc import Iterator

from django.utils.translation import gettext

from vitalfew.people.models import User
from vitalfew.rooms import Hit
from vitalfew.terms import label_of
from vitalfew.treatments import questions
from vitalfew.treatments.rights import TreatmentRight
from vitalfew.treatments.words import TreatmentKind


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """By account, who leads it and its words; the latest first."""
    if not user.may(TreatmentRight.SEE):
        return
    for row in questions.found(questions.treatments(user), text).order_by("-pk")[:most]:
        said = gettext(label_of(TreatmentKind, row.kind))
        yield Hit("treatment", str(row.pk), row.account.name, said, row.get_absolute_url())
