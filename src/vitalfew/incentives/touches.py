from collections.abc import Iterator
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.incentives import questions
from vitalfew.incentives.models import Entry
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.words import CaseKind, EntryKind
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of

SHOWN: Final = 100
BOOKED: Final = {
    EntryKind.BOOKED.value: _("{amount} booked by {scheme}"),
    EntryKind.REVERSED.value: _("Booking by {scheme} reversed: {amount}"),
}


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What was booked and reversed, and what was recorded of training and breaches."""
    if not user.may(IncentiveRight.SEE):
        return
    rows = Entry.objects.visible_to(user).filter(account=account, kind__in=BOOKED).select_related("scheme")
    for row in rows.order_by("-pk")[:SHOWN]:
        figures: dict[str, Any] = {"amount": row.exactly, "scheme": row.scheme.name}
        yield Touch(row.day, TouchKind.INCENTIVE, Message(BOOKED[row.kind], figures), {"id": row.pk})
    for case in questions.cases(user).filter(account=account)[:SHOWN]:
        figures = {"kind": Word(label_of(CaseKind, case.kind)), "text": str(case)}
        told = Message(_("{kind}: {text}"), figures)
        yield Touch(case.day, TouchKind.INCENTIVE, told, {"id": case.pk}, url=case.get_absolute_url())
