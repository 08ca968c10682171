"""Claims on suppliers and carriers: made for a complaint, followed to the end."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from vitalfew.approvals.questions import currency
from vitalfew.complaints import questions
from vitalfew.complaints.actions import HANDLED
from vitalfew.complaints.models import Claim
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import ClaimState
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

OWN: Final = Owned(
    Claim, ComplaintRight.HANDLE, lambda user, row: questions.may_handle(user, row.complaint),
    with_it=("complaint",),
)  # fmt: skip
put_away, fetch_back = OWN.put_away, OWN.fetch_back


@transaction.atomic
def claim(user: User, complaint: int, fields: Mapping[str, Any]) -> Claim:
    """A third party is to pay for it."""
    row = HANDLED.held(user, complaint)
    return records.make(user, Claim(complaint=row, currency=currency(), **fields))


@transaction.atomic
def settle(user: User, pk: int, version: int, *, state: str, recovered: Decimal, note: str) -> Claim:
    """What was answered or paid."""
    row = OWN.held(user, pk)
    if recovered > row.amount:
        raise NotPossible(_("More than was claimed cannot be recovered"))
    if state == ClaimState.SETTLED and not recovered:
        raise NotPossible(_("Say how much was paid or set off"))
    fields = {"state": state, "recovered": recovered, "note": note}
    return records.change(user, Claim.objects.visible_to(user), pk, version, fields)
