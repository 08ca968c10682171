from collections.abc import Iterator

from vitalfew.incentives import questions
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Schemes by their name, and recorded cases by their words."""
    for row in questions.found_schemes(questions.schemes(user), text)[:most]:
        yield Hit("incentive", str(row.pk), row.name, row.about[:80], row.get_absolute_url())
    for case in questions.cases(user).filter(evidence__icontains=text)[:most]:
        yield Hit("incentive-case", str(case.pk), case.account.name, str(case), case.get_absolute_url())
