from collections.abc import Iterator

from vitalfew.accounts.excerpts import excerpt
from vitalfew.people.models import User
from vitalfew.promises import questions
from vitalfew.promises.rights import PromiseRight
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """What was promised, the latest due first."""
    if not user.may(PromiseRight.SEE):
        return
    for row in questions.found(questions.promises(user), text).order_by("-due", "-pk")[:most]:
        said = f"{row.due.isoformat()} {excerpt(row.text, text)}"
        yield Hit("promise", str(row.pk), row.account.name, said, row.get_absolute_url())
