from collections.abc import Iterator

from vitalfew.accounts.models import Account
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.reviews import questions
from vitalfew.rooms import Touch
from vitalfew.terms import Tier, label_of
from vitalfew.terms import gettext_noop as _


def touches(user: User, account: Account) -> Iterator[Touch]:
    """From which day the account was dealt with as of which tier."""
    if not user.may(Right.MONEY):
        return
    for row in questions.history_of(account.code):
        told = Message(_("Dealt with as {tier}"), {"tier": Word(label_of(Tier, row.tier))})
        yield Touch(row.since, "tier", told, {"tier": row.tier, "approved_by": row.review.closed_by})
