"""Asking and deciding: permission asked, version checked, step and audit written, in one transaction with what follows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals import questions
from vitalfew.approvals.deciding import Authority, authorities
from vitalfew.approvals.kinds import kinds
from vitalfew.approvals.models import Approval, Delegation, Limit, Step
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.approvals.words import ApprovalState, StepKind
from vitalfew.language import Message
from vitalfew.people import audit, records
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _

FIELDS: Final = ("what", "why", "amount", "needed_by")


@dataclass(frozen=True)
class Subject:
    """A record of a room about which somebody else decides: its number, where it stands, what is asked for in words."""

    number: int
    url: str
    said: Message
    account: Account | None = None
    hands: Sequence[str] = ()
    """User names of those who had a hand in it, beside who asks."""
    currency: str = ""
    """Of the amount, where it is not that of the house."""


class Turn(NamedTuple):
    """What is done: to which state it comes, as which step of its history, called how in the trail."""

    state: ApprovalState
    kind: StepKind
    step: str


ASK: Final = Turn(ApprovalState.WAITING, StepKind.ASKED, "ask")
ASK_AGAIN: Final = Turn(ApprovalState.WAITING, StepKind.AGAIN, "ask-again")
APPROVE: Final = Turn(ApprovalState.APPROVED, StepKind.APPROVED, "approve")
SEND_BACK: Final = Turn(ApprovalState.RETURNED, StepKind.RETURNED, "send-back")
WITHDRAW: Final = Turn(ApprovalState.WITHDRAWN, StepKind.WITHDRAWN, "withdraw")
PLAIN: Final = Authority()


@transaction.atomic
def ask_by_hand(user: User, kind: str, account: Account, fields: Mapping[str, Any]) -> Approval:
    """Ask for something in words, about an account."""
    user.must(ApprovalRight.ASK)
    if not kinds()[kind].by_hand:
        raise NotPossible(_("This is asked for where it stands, not here"))
    return _asked(user, Approval(kind=kind, account=account, shut_out=[user.username], **fields))


@transaction.atomic
def ask(user: User, kind: str, subject: Subject, amount: Decimal | None = None, why: str = "") -> Approval:
    """A room asks for one of its records; that the user may is asked there."""
    told = json.dumps([subject.said.stored()], ensure_ascii=False)
    row = Approval(
        kind=kind, number=subject.number, url=subject.url, account=subject.account, what=told, why=why,
        amount=amount, shut_out=sorted({user.username, *subject.hands}),
    )  # fmt: skip
    return _asked(user, row, subject.currency)


def _asked(user: User, row: Approval, currency: str = "") -> Approval:
    row.currency = (currency or questions.currency()) if row.amount is not None else ""
    row.asked_by, row.made_by, row.changed_by = user, user.username, user.username
    row.save()
    _written(user, row, ASK, row.why, PLAIN)
    return row


@transaction.atomic
def approve(user: User, pk: int, version: int, note: str = "") -> Approval:
    """A second person agrees; what follows in the room follows now."""
    return _decide(user, pk, version, APPROVE, note)


@transaction.atomic
def send_back(user: User, pk: int, version: int, why: str) -> Approval:
    """Not like this; who asked may mend it and ask again."""
    return _decide(user, pk, version, SEND_BACK, why)


def _decide(user: User, pk: int, version: int, turn: Turn, note: str) -> Approval:
    user.must(ApprovalRight.DECIDE)
    row = _locked(user, pk, version)
    if not row.is_waiting:
        raise NotPossible(_("It does not wait for approval any more"))
    authority = authorities(user, [row]).get(row.pk)
    if authority is None:
        raise Forbidden
    return _followed(_moved(user, row, turn, note, authority), user)


@transaction.atomic
def withdraw(user: User, pk: int, version: int) -> Approval:
    """Who asked wants it no more."""
    row = _own(user, pk, version)
    if row.state not in {ApprovalState.WAITING, ApprovalState.RETURNED}:
        raise NotPossible(_("It is decided already"))
    return _followed(_moved(user, row, WITHDRAW), user)


@transaction.atomic
def ask_again(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Approval:
    """Mended after it was sent back, or after all."""
    row = _own(user, pk, version)
    if row.state not in {ApprovalState.RETURNED, ApprovalState.WITHDRAWN}:
        raise NotPossible(_("It waits, or is decided already"))
    for name, value in fields.items():
        setattr(row, name, value)
    row.currency = questions.currency() if row.amount is not None else ""
    row.asked_at = timezone.now()
    return _followed(_moved(user, row, ASK_AGAIN, row.why), user)


@transaction.atomic
def taken_back(user: User, row: Approval) -> Approval:
    """Its room takes the record back, whoever asked; that the user may is asked there."""
    now = Approval.objects.select_for_update().get(pk=row.pk)
    return _moved(user, now, WITHDRAW)


def _locked(user: User, pk: int, version: int) -> Approval:
    row = Approval.objects.visible_to(user).select_for_update().get(pk=pk)
    if row.version != version:
        raise Stale(row)
    return row


def _own(user: User, pk: int, version: int) -> Approval:
    row = _locked(user, pk, version)
    if row.asked_by_id != user.pk:
        raise Forbidden
    return row


def _moved(user: User, row: Approval, turn: Turn, note: str = "", authority: Authority = PLAIN) -> Approval:
    row.state, row.changed_by = turn.state.value, user.username
    row.version += 1
    row.save()
    _written(user, row, turn, note, authority)
    return row


def _followed(row: Approval, user: User) -> Approval:
    """Its room hears of it."""
    if row.number is not None:
        kinds()[row.kind].became(user, row.number, row.state)
    return row


def _written(user: User, row: Approval, turn: Turn, note: str, authority: Authority) -> None:
    """A step of the history, and an entry of the trail: words may tell of a person and stay out of it."""
    Step.objects.create(
        approval=row, kind=turn.kind.value, who=user.username, name=str(user), instead_of=str(authority.instead_of or ""),
        alone=authority.alone, note=note, amount=row.amount, currency=row.currency,
    )  # fmt: skip
    told: dict[str, Any] = {"kind": row.kind}
    if row.amount is not None:
        told["amount"] = row.exactly
    if authority.instead_of:
        told["instead_of"] = authority.instead_of.username
    if authority.alone:
        told["alone"] = True
    audit.record(user, f"approval-{turn.step}", row.subject, told)


@transaction.atomic
def delegate(user: User, deputy: User, since: date, until: date) -> Delegation:
    """Somebody else decides in the user's place in these days."""
    user.must(ApprovalRight.DECIDE)
    _fit(user, deputy)
    return records.make(user, Delegation(user=user, deputy=deputy, since=since, until=until))


@transaction.atomic
def change_delegation(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Delegation:
    row = _given(user, pk)
    if "deputy" in fields:
        _fit(row.user, fields["deputy"])
    return records.change(user, Delegation.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def end_delegation(user: User, pk: int) -> Delegation:
    """It holds no more; what was decided meanwhile stands."""
    _given(user, pk)
    return records.put_away(user, Delegation.objects.visible_to(user), pk)


@transaction.atomic
def fetch_delegation_back(user: User, pk: int) -> Delegation:
    _given(user, pk)
    return records.fetch_back(user, Delegation.objects.within_reach_of(user), pk)


def _given(user: User, pk: int) -> Delegation:
    """Who gave it changes it, and administrators."""
    user.must(ApprovalRight.DECIDE)
    row = Delegation.objects.within_reach_of(user).select_related("user").get(pk=pk)
    if row.user_id != user.pk and not user.may(ApprovalRight.LIMITS):
        raise Forbidden
    return row


def _fit(user: User, deputy: User) -> None:
    if deputy.pk == user.pk:
        raise NotPossible(_("Name somebody else: one does not stand in for oneself"))


@transaction.atomic
def set_limit(user: User, kind: str, role: str, amount: Decimal) -> Limit:
    """Say up to which amount a role decides about a kind, where nothing was said yet."""
    user.must(ApprovalRight.LIMITS)
    _sayable(kind, role)
    if Limit.objects.select_for_update().filter(kind=kind, role=role, put_away_at=None).exists():
        raise NotPossible(_("There is a limit for this kind and role already: change that one"))
    return records.make(user, Limit(kind=kind, role=role, amount=amount, currency=questions.currency()))


def _sayable(kind: str, role: str) -> None:
    known = kinds().get(kind)
    if known is None or not known.money or role not in known.decide.roles:
        raise NotPossible(_("This role does not decide about this kind, with or without a limit"))


@transaction.atomic
def change_limit(user: User, pk: int, version: int, amount: Decimal) -> Limit:
    user.must(ApprovalRight.LIMITS)
    fields = {"amount": amount, "currency": questions.currency()}
    return records.change(user, Limit.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def drop_limit(user: User, pk: int) -> Limit:
    """From now on as before it was set."""
    user.must(ApprovalRight.LIMITS)
    return records.put_away(user, Limit.objects.visible_to(user), pk)


@transaction.atomic
def fetch_limit_back(user: User, pk: int) -> Limit:
    user.must(ApprovalRight.LIMITS)
    row = Limit.objects.within_reach_of(user).get(pk=pk)
    if Limit.objects.filter(kind=row.kind, role=row.role, put_away_at=None).exclude(pk=pk).exists():
        raise NotPossible(_("There is a limit for this kind and role already: change that one"))
    return records.fetch_back(user, Limit.objects.within_reach_of(user), pk)
