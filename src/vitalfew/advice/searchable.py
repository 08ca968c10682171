from collections.abc import Iterator

from vitalfew.advice import questions
from vitalfew.advice.rights import AdviceRight
from vitalfew.language import translate
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.rooms import Hit
from vitalfew.terms import NextAction, label_of


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """By account, who sees to it and what was noted; the latest first."""
    if not user.may(AdviceRight.SEE):
        return
    for row in questions.found(questions.advice(user), text).order_by("-answered_on", "-pk")[:most]:
        said = f"{row.answered_on.isoformat()} {translate(label_of(NextAction, row.action), language())}"
        yield Hit("advice", str(row.pk), row.account.name, said, row.get_absolute_url())
