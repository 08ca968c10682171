from collections.abc import Iterator

from vitalfew.accounts.models import Account
from vitalfew.intelligence import questions
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.intelligence.words import Kind
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What became known of the account."""
    if not user.may(IntelligenceRight.SEE):
        return
    for row in questions.of_account(user, account):
        figures: dict[str, str | Word] = {"kind": Word(label_of(Kind, row.kind)), "grade": row.grade, "text": row.text}
        about = {"id": row.pk, "kind": row.kind, "grade": row.grade, "who": str(row.who or "")}
        yield Touch(
            row.day, "intelligence", Message(_("{kind}, {grade}: {text}"), figures), about, url=row.get_absolute_url()
        )
