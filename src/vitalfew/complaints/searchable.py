from collections.abc import Iterator

from vitalfew.accounts.excerpts import excerpt
from vitalfew.complaints import questions
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Complaints by number and by what the customer said, the latest first."""
    if not user.may(ComplaintRight.SEE):
        return
    for row in questions.found(questions.complaints(user), text)[:most]:
        said = f"{row.received_on.isoformat()} {excerpt(row.text, text)}"
        yield Hit("complaint", row.number, str(row.account or row.company or row.who), said, row.get_absolute_url())
