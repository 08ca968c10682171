"""Complaints taken in, corrected, matched, handed on, linked, merged: permission asked, version checked, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from vitalfew.accounts.actions import keep_file
from vitalfew.accounts.models import Account
from vitalfew.complaints import questions, severity
from vitalfew.complaints.background import SOON, ask_to_group
from vitalfew.complaints.deadlines import timed
from vitalfew.complaints.keeping import Who, changed, noted, state_now
from vitalfew.complaints.models import Complaint, TextGroup
from vitalfew.complaints.numbers import next_number
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Event, GroupState, State
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

FIELDS: Final = (
    "person", "named", "company", "phone", "email", "language", "channel", "category", "product", "batch", "order_number",
    "carrier", "text", "demand",
)  # fmt: skip
OF_FACTS: Final = frozenset({"channel", "category", "product", "text"})
"""What an import says stays as it came."""
OWN: Final = Owned(Complaint, ComplaintRight.TAKE, questions.may_correct, with_it=())
HANDLED: Final = Owned(Complaint, ComplaintRight.HANDLE, questions.may_handle, with_it=())
fetch_back = HANDLED.fetch_back
Upload = tuple[str, bytes]
NOT_RUNNING: Final = _("It is not being settled now: take it up or open it again first")


@transaction.atomic
def take_in(who: Who, fields: Mapping[str, Any], file: Upload | None = None) -> Complaint:
    """A new complaint: numbered at once, its clock begun. Who may is asked by whoever lets it in."""
    now = timezone.now()
    row = Complaint(**{"received_at": now, **fields})
    moment = row.received_at or now
    row.received_on = timezone.localdate(moment)
    row.number, row.nonce = next_number(row.received_on.year), get_random_string(32)
    row.step_since = moment
    row.key = row.account is not None and row.account.turn is not None
    if row.effect:
        row.severity = severity.severity(row.effect, grows=row.grows)
        row.procedure = severity.procedure(row.severity).value
    row.priority = severity.priority(row.severity, key=row.key)
    timed(row)
    made = records.make(who, row)  # type: ignore[arg-type]  # it needs a name alone
    noted(who, made, State.RECEIVED)
    if file and made.account:
        made.files.add(keep_file(who.username, made.account, settings.HOME, *file))
    if TextGroup.objects.filter(state=GroupState.CONFIRMED).exists():
        ask_to_group(now + SOON)
    return made


@transaction.atomic
def put_away(user: User, pk: int) -> Complaint:
    """Out of the lists; not while others are settled under it."""
    row = HANDLED.held(user, pk)
    if row.merged.filter(put_away_at=None).exists():
        raise NotPossible(_("Others are settled under it: part them first"))
    return HANDLED.put_away(user, pk)


@transaction.atomic
def correct(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Complaint:
    """What was taken down, unless somebody saved since ``version``."""
    row = OWN.held(user, pk)
    kept = {name: value for name, value in fields.items() if not (row.imported and name in OF_FACTS)}
    return records.change(user, Complaint.objects.visible_to(user), pk, version, kept)


@transaction.atomic
def take_up(user: User, pk: int) -> Complaint:
    """One that only the facts have is settled here from now on; its figures stay as they came."""
    row = HANDLED.held(user, pk)
    if row.is_ours:
        raise NotPossible(_("It is settled here already"))
    now = timezone.now()
    noted(user, row, State.RECEIVED)
    noted(user, row, Event.TAKEN_UP)
    key = row.account is not None and row.account.turn is not None
    return changed(
        user, row, taken_up=True, state=State.RECEIVED.value, owner=user, received_at=now, step_since=now,
        nonce=get_random_string(32), key=key, priority=severity.priority(None, key=key), closed_on=None,
    )  # fmt: skip


@transaction.atomic
def match(user: User, pk: int, version: int, *, account: Account) -> Complaint:
    """It is this account's."""
    row = HANDLED.held(user, pk)
    if row.imported:
        raise NotPossible(_("The facts say whose it is"))
    if not Account.objects.visible_to(user).filter(pk=account.pk).exists():
        raise NotPossible(_("No account of yours has this code or name"))
    key = account.turn is not None
    noted(user, row, Event.MATCHED, given={"account": account.name})
    OutgoingMail.objects.filter(about=row.subject).update(account=account)
    return changed(
        user, row, version, account=account, person=None, key=key, owner=row.owner or account.manager,
        priority=severity.priority(row.severity, key=key),
    )  # fmt: skip


@transaction.atomic
def unmatch(user: User, pk: int) -> Complaint:
    """Nobody knows whose it is, after all."""
    row = HANDLED.held(user, pk)
    if row.imported:
        raise NotPossible(_("The facts say whose it is"))
    if row.given:
        raise NotPossible(_("The facts have it under this account already: bring it to another one instead"))
    return changed(user, row, account=None, person=None, key=False, priority=severity.priority(row.severity, key=False))


@transaction.atomic
def hand_on(user: User, pk: int, version: int, *, owner: User, why: str = "") -> Complaint:
    """Somebody else settles it."""
    row = HANDLED.held(user, pk)
    may_settle(row, owner)
    noted(user, row, Event.HANDED, why, {"to": str(owner)})
    return changed(user, row, version, owner=owner)


def may_settle(row: Complaint, owner: User) -> None:
    """Refuses to give it to somebody who could not."""
    if row.account and not Account.objects.visible_to(owner).filter(pk=row.account_id).exists():
        raise NotPossible(_("This colleague does not see the account: add him or her to its team first"))
    if not owner.may(ComplaintRight.HANDLE):
        raise NotPossible(_("This colleague settles no complaints"))


@transaction.atomic
def relate(user: User, pk: int, other: int) -> Complaint:
    """Both belong together, and stay two."""
    row, near = HANDLED.held(user, pk), Complaint.objects.visible_to(user).get(pk=other)
    if row.pk == near.pk:
        raise NotPossible(_("Name another complaint"))
    row.related.add(near)
    return records.touch(user, row, "related")


@transaction.atomic
def unrelate(user: User, pk: int, other: int) -> Complaint:
    row = HANDLED.held(user, pk)
    row.related.remove(*row.related.filter(pk=other))
    return records.touch(user, row, "related")


@transaction.atomic
def merge(user: User, pk: int, into: int) -> Complaint:
    """The same matter, told twice: the other is settled for both, and both numbers lead there."""
    row, kept = HANDLED.held(user, pk), HANDLED.held(user, into)
    if row.pk == kept.pk or kept.merged_into_id or row.merged_into_id or row.merged.exists():
        raise NotPossible(_("One of them is merged already: part them first"))
    if kept.is_ours and not kept.is_open:
        raise NotPossible(_("The other one is settled: open it again first"))
    if row.account_id and kept.account_id and row.account_id != kept.account_id:
        raise NotPossible(_("They are of different accounts: link them instead"))
    noted(user, row, Event.MERGED, given={"into": kept.number})
    noted(user, kept, Event.MERGED, given={"from": row.number})
    return changed(user, row, merged_into=kept)


@transaction.atomic
def part(user: User, pk: int) -> Complaint:
    """Two again, each as it was."""
    row = HANDLED.held(user, pk)
    if row.merged_into is None:
        raise NotPossible(_("It is not merged"))
    noted(user, row, Event.PARTED, given={"from": row.merged_into.number})
    state = state_now(row, row.procedure) if row.is_ours else row.state
    return changed(user, row, merged_into=None, state=state)
