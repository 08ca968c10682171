from collections.abc import Iterator

from vitalfew.people.models import User
from vitalfew.plans import questions
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Plans that hold the words, the latest first."""
    if not user.may(AccountPlanRight.SEE):
        return
    for row in questions.found(questions.plans(user), text).order_by("-since", "-pk")[:most]:
        said = f"{row.title} {row.since.isoformat()} – {row.until.isoformat()}"
        yield Hit("plan", str(row.pk), row.account.name, said, row.get_absolute_url())
