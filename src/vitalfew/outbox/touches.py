from collections.abc import Iterator

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.language import Message
from vitalfew.outbox import questions
from vitalfew.outbox.rights import OutboxRight
from vitalfew.outbox.words import LetterState
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What we wrote, once it was sent."""
    if not user.may(OutboxRight.SEE):
        return
    for row in questions.of_account(user, account):
        if row.state == LetterState.SENT and row.sent_at:
            said = Message(_("We wrote to {name}: {text}"), {"name": row.name or row.address, "text": row.title})
            yield Touch(
                timezone.localdate(row.sent_at),
                "letter",
                said,
                {"id": row.pk, "kind": row.kind},
                url=row.get_absolute_url(),
            )
