from collections.abc import Iterator

from vitalfew.agreements import questions
from vitalfew.agreements.rights import AgreementRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Agreements that hold the words, the latest first."""
    if not user.may(AgreementRight.SEE):
        return
    for row in questions.found(questions.agreements(user), text).order_by("-since", "-pk")[:most]:
        last = f" – {row.until.isoformat()}" if row.until else ""
        yield Hit(
            "agreement", str(row.pk), row.account.name, f"{row} {row.since.isoformat()}{last}", row.get_absolute_url()
        )
