"""Changes to handovers: permission asked, version checked, audit written, in one transaction.

While it waits, the successor is a deputy in the account's team and can prepare; at the moment of acceptance the account is
his, and whoever gave it sees it no more unless he belongs to the team.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts import actions as accounts
from vitalfew.accounts.models import Account, TeamMember, TeamRole
from vitalfew.contacts.models import Person
from vitalfew.handover import along, questions
from vitalfew.handover.models import Handover, Step
from vitalfew.handover.plan import planned
from vitalfew.handover.rights import HandoverRight
from vitalfew.handover.words import Consent, HandoverCause, HandoverState
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS, Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

EDITABLE: Final = ("due", "note")


@dataclass(frozen=True)
class Wish:
    """How accounts are to be handed over."""

    successor: User
    cause: str
    due: date
    note: str = ""
    person: Person | None = None
    """Who leaves the customer, where that is the cause."""


@transaction.atomic
def start(user: User, chosen: Iterable[Account], wish: Wish) -> list[Handover]:
    """Begin a handover of each account: one's own, or, as a head of the department, anybody's."""
    user.must(HandoverRight.HAND_OVER)
    _able(wish.successor)
    rows = [_begun(user, account, wish) for account in Account.objects.visible_to(user).filter(pk__in=_keys(chosen))]
    if not rows:
        raise NotPossible(_("No account was chosen"))
    return rows


def _keys(chosen: Iterable[Account]) -> list[int]:
    return [account.pk for account in chosen]


def _able(successor: User) -> None:
    if not successor.is_active or not successor.may(HandoverRight.HAND_OVER):
        raise NotPossible(_("This person doesn't look after accounts"))


def _begun(user: User, account: Account, wish: Wish) -> Handover:
    if user.role not in HEADS and account.manager != user:
        raise Forbidden(HandoverRight.HAND_OVER.value)
    if questions.running(account):
        raise NotPossible(_("One of the accounts is being handed over already"))
    if wish.cause != HandoverCause.CONTACT and account.manager == wish.successor:
        raise NotPossible(_("One of the accounts is with this person already"))
    giver = None if wish.cause == HandoverCause.CONTACT else account.manager
    row = Handover(
        account=account, cause=wish.cause, giver=giver, successor=wish.successor, person=wish.person, due=wish.due,
        note=wish.note,
    )  # fmt: skip
    records.make(user, row)
    Step.objects.bulk_create(planned(row))
    TeamMember.objects.get_or_create(account=account, user=wish.successor, role=TeamRole.DEPUTY, until=None)
    return row


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Handover:
    """Change its date or note, unless somebody saved since ``version``."""
    row = _running(user, pk)
    return records.change(user, Handover.objects.all(), row.pk, version, fields)


@transaction.atomic
def accept(user: User, pk: int) -> Handover:
    """The successor takes the account: from this moment it is his."""
    row = _running(user, pk)
    if row.successor != user:
        raise Forbidden(HandoverRight.HAND_OVER.value)
    if row.state != HandoverState.STARTED:
        return row
    row.state, row.accepted_at, row.went_along = HandoverState.ACCEPTED, timezone.now(), dict(along.told(row))
    _saved(user, row, "accept", {})
    accounts.give(user, Account.objects.filter(pk=row.account_id), user)
    along.goes(user, row)
    _no_deputy(row)
    return _done_if_all(user, row)


@transaction.atomic
def decline(user: User, pk: int, reason: str) -> Handover:
    """The successor can't take it, and says why; whoever heads the department finds another."""
    row = _running(user, pk)
    if row.successor != user or row.state != HandoverState.STARTED:
        raise Forbidden(HandoverRight.HAND_OVER.value)
    if not reason.strip():
        raise NotPossible(_("Say why, so that somebody else can be found"))
    row.state, row.declined_because = HandoverState.DECLINED, reason.strip()[:500]
    _saved(user, row, "decline", {"reason": row.declined_because})
    _no_deputy(row)
    return row


@transaction.atomic
def agree(user: User, pk: int, by: str, on: date, how: str) -> Handover:
    """The customer agreed: who said so, when, and how."""
    row = _running(user, pk)
    if not by.strip() or on > timezone.localdate():
        raise NotPossible(_("Say who of the customer's agreed, and on which day it was"))
    row.agreed_by, row.agreed_on, row.agreed_how = by.strip()[:100], on, how
    _saved(user, row, "agree", {"agreed_on": str(on)})
    return _done_if_all(user, row)


def agreed(guest: User, row: Handover, by: str, on: date) -> Handover:
    """The customer's person says so in the portal."""
    row.agreed_by, row.agreed_on, row.agreed_how = by[:100], on, Consent.PORTAL
    _saved(guest, row, "agree", {"agreed_on": str(on)})
    return _done_if_all(guest, row)


@transaction.atomic
def tick(user: User, step: int, state: str) -> Handover:
    """A step is done, not needed, or open again."""
    one = Step.objects.select_for_update(of=("self",)).select_related("handover").get(pk=step)
    row = _running(user, one.handover_id)
    if one.state != state:
        one.state, one.who, one.at = state, user, timezone.now()
        one.save()
        _saved(user, row, "step", {"step": one.kind, "state": state})
    return _done_if_all(user, row)


@transaction.atomic
def call_off(user: User, pk: int) -> Handover:
    """It does not take place; who had the account keeps it."""
    row = _running(user, pk)
    if row.state != HandoverState.STARTED:
        raise NotPossible(_("It is accepted already: hand it over once more instead"))
    _no_deputy(row)
    return records.put_away(user, Handover.objects.all(), pk)


@transaction.atomic
def take_up(user: User, pk: int) -> Handover:
    """It takes place after all."""
    user.must(HandoverRight.HAND_OVER)
    row = Handover.objects.select_related("account", "successor").get(pk=pk)
    if not Account.objects.visible_to(user).filter(pk=row.account_id).exists():
        raise Handover.DoesNotExist
    if user.role not in HEADS and user.username != row.made_by:
        raise Forbidden(HandoverRight.HAND_OVER.value)
    if row.put_away_at is None:
        return row
    if questions.running(row.account):
        raise NotPossible(_("One of the accounts is being handed over already"))
    if row.successor:
        TeamMember.objects.get_or_create(account=row.account, user=row.successor, role=TeamRole.DEPUTY, until=None)
    return records.fetch_back(user, Handover.objects.all(), pk)


def _running(user: User, pk: int) -> Handover:
    """A handover that still runs, and that the user takes part in."""
    user.must(HandoverRight.HAND_OVER)
    row = Handover.objects.visible_to(user).select_for_update(of=("self",)).select_related("account").get(pk=pk)
    if not questions.takes_part(user, row):
        raise Forbidden(HandoverRight.HAND_OVER.value)
    if not row.is_running:
        raise NotPossible(_("This handover is over"))
    return row


def _no_deputy(row: Handover) -> None:
    rows = TeamMember.objects.filter(account=row.account, user=row.successor, role=TeamRole.DEPUTY, until=None)
    rows.update(until=timezone.localdate())


def _saved(user: User, row: Handover, step: str, changes: Mapping[str, Any]) -> None:
    row.version += 1
    row.changed_by = user.username
    row.save()
    row.noted(user, step, changes)


def _done_if_all(user: User, row: Handover) -> Handover:
    """Accepted by both sides and every step seen to: it is done."""
    if not questions.missing(row):
        row.state, row.done_at = HandoverState.DONE, timezone.now()
        _saved(user, row, "done", {})
    return row
