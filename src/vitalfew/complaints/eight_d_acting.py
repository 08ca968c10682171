"""An 8D record is begun, written piece by piece, handed in whole, signed by a second person, shown to the customer."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.complaints import eight_d, questions, telling
from vitalfew.complaints.actions import HANDLED
from vitalfew.complaints.models import Complaint, EightD
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.language import Message, spoken
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

OWN: Final = Owned(
    EightD, ComplaintRight.HANDLE, lambda user, row: questions.may_handle(user, row.complaint),
    with_it=("complaint",),
)  # fmt: skip
SIGNED: Final = _("It is signed: open it again first")
READY: Final = _("The report on what we did about your complaint {number} is ready: you find it under the link.")


@transaction.atomic
def begin(user: User, complaint: int) -> EightD:
    """The complaint's 8D record; the one there is, where it was put away, comes back."""
    row = HANDLED.held(user, complaint)
    if not row.is_ours or row.merged_into_id:
        raise NotPossible(_("Only a complaint that is settled here gets an 8D record"))
    there = EightD.objects.filter(complaint=row).first()
    if there is None:
        return records.make(user, EightD(complaint=row))
    return records.fetch_back(user, EightD.objects.within_reach_of(user), there.pk)


@transaction.atomic
def write(user: User, pk: int, version: int, given: Mapping[str, Any]) -> EightD:
    """Pieces of it; what reads as the steps say it is left to them. Who handed it in does so anew."""
    row = _unsigned(user, pk)
    steps = {} if row.offered_at else eight_d.from_steps(row.complaint)
    fields = {name: _own(value, steps.get(name)) for name, value in given.items()}
    return _changed(user, pk, version, **fields, offered_by=None, offered_at=None)


def _own(value: Any, said: Any) -> Any:
    if isinstance(value, str):
        value = "\n".join(value.strip().splitlines())
    return value if value != said else type(value)() if isinstance(value, str) else None


@transaction.atomic
def offer(user: User, pk: int, version: int) -> EightD:
    """To be signed, as it reads now; only when nothing is missing."""
    row = _unsigned(user, pk)
    told = eight_d.content(row)
    if eight_d.gaps(told):
        raise NotPossible(_("Something is missing still: every part that says so has to be filled in first"))
    return _changed(user, pk, version, **told, offered_by=user, offered_at=timezone.now())


@transaction.atomic
def sign(user: User, pk: int, version: int) -> EightD:
    """By somebody else than who handed it in."""
    row = _unsigned(user, pk)
    if row.offered_at is None:
        raise NotPossible(_("It was not handed in to be signed"))
    if user.pk == row.offered_by_id:
        raise NotPossible(_("A second person signs it"))
    return _changed(user, pk, version, signed_by=user, signed_at=timezone.now())


@transaction.atomic
def reopen(user: User, pk: int) -> EightD:
    """To be written on: it is signed no more, and the customer does not read it until it is again."""
    row = OWN.held(user, pk)
    if row.offered_at is None:
        raise NotPossible(_("It is open already"))
    return unsigned(user, row)


def unsigned(user: User, row: EightD) -> EightD:
    """Whoever may is asked by who calls it."""
    return _changed(
        user, row.pk, row.version, offered_by=None, offered_at=None, signed_by=None, signed_at=None, shared_at=None
    )


@transaction.atomic
def share(user: User, pk: int, version: int) -> EightD:
    """The customer reads its version under its link, and is told so: by letter, or by somebody who ticks it."""
    row = OWN.held(user, pk)
    if row.signed_at is None:
        raise NotPossible(_("Only what is signed goes to the customer"))
    if row.shared_at:
        raise NotPossible(_("The customer has it already"))
    if not row.complaint.nonce:
        raise NotPossible(_("The customer has no link to this complaint"))
    made = _changed(user, pk, version, shared_at=timezone.now())
    of = Complaint.objects.get(pk=row.complaint_id)
    telling.answer(user, of, Message(READY, {"number": of.number}).say(spoken(of.language)))
    return made


@transaction.atomic
def put_away(user: User, pk: int) -> EightD:
    _unsigned(user, pk)
    return OWN.put_away(user, pk)


fetch_back = OWN.fetch_back


def _unsigned(user: User, pk: int) -> EightD:
    row = OWN.held(user, pk)
    if row.signed_at:
        raise NotPossible(SIGNED)
    return row


def _changed(user: User, pk: int, version: int, **fields: Any) -> EightD:
    return records.change(user, EightD.objects.visible_to(user), pk, version, fields)
