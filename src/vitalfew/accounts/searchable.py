from collections.abc import Iterator

from vitalfew.accounts import questions
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Accounts by name, code, pinyin or initials."""
    for account in questions.found_by(user, text, most):
        yield Hit("account", account.code, account.name, account.code, account.get_absolute_url())
