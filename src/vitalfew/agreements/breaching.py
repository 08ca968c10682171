"""Breaches: recorded with evidence; ours become a promise or a penalty, the customer's a penalty claimed or waived.

A decision can be taken back until it is settled. Whoever waives more than the limit of his role has it approved by a second
person.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.actions import keep_file
from vitalfew.agreements.actions import own
from vitalfew.agreements.models import Agreement, Breach
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import AgreementState, BreachState, Side
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.deciding import within_own_limit
from vitalfew.approvals.hands import hands
from vitalfew.approvals.words import ApprovalState
from vitalfew.language import Message
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.promises import actions as promises
from vitalfew.promises.words import Origin
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards

KIND: Final = "penalty-waiver"
"""As what a waiver is approved."""
APPROVED: Final = frozenset({"amount", "due", "text", "evidence", "side", "broken_on"})
FIELDS: Final = ("obligation", "side", "broken_on", "text", "evidence")
BACK: Final[Mapping[str, Any]] = {
    "state": BreachState.OPEN.value, "amount": None, "currency": "", "due": None, "promise": None, "approval": None, "why": "",
    "settled_on": None, "settlement": "",
}  # fmt: skip
DECIDED: Final = _("Something was decided about this breach already: take that back first")


@transaction.atomic
def record(user: User, agreement: int, fields: Mapping[str, Any], file: tuple[str, bytes] | None = None) -> Breach:
    """Who broke what, when, and by what one sees it."""
    row = own(user, agreement)
    if row.state in {AgreementState.DRAFT, AgreementState.WAITING}:
        raise NotPossible(_("Nothing is agreed on yet that could be broken"))
    made = records.make(user, Breach(agreement=row, **fields))
    if file:
        made.files.add(keep_file(user, row.account, settings.HOME, *file))
    return made


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Breach:
    """Correct it, while nothing is decided."""
    return _changed(user, _open(user, pk, version), fields)


@transaction.atomic
def promise(user: User, pk: int, version: int, *, text: str, due: date, owner: User) -> Breach:
    """We make it good: a promise to the account, by a day."""
    row = _open(user, pk, version)
    if row.side != Side.OURS:
        raise NotPossible(_("Only what we broke becomes a promise of ours"))
    made = promises.promise(user, row.agreement.account, {
        "text": text, "origin": Origin.AGREEMENT.value, "reference": row.agreement.number[:100], "department": "",
        "owner": owner, "made_on": timezone.localdate(), "due": due, "person": None,
    })  # fmt: skip
    return _changed(user, row, {"state": BreachState.PROMISED.value, "promise": made})


@transaction.atomic
def penalise(user: User, pk: int, version: int, *, amount: Decimal, due: date) -> Breach:
    """A penalty: owed by us, or claimed from the customer."""
    row = _open(user, pk, version)
    fields = {
        "state": BreachState.PENALTY.value,
        "amount": amount,
        "currency": _currency(row.agreement),
        "due": due,
        "why": "",
    }
    return _changed(user, row, fields)


@transaction.atomic
def waive(user: User, pk: int, version: int, *, why: str, amount: Decimal | None = None) -> Breach:
    """The customer's penalty is not claimed, the whole where one is open; above the own limit a second person approves."""
    row = _own(user, pk, version)
    if row.side != Side.THEIRS:
        raise NotPossible(_("Only what the customer owes can be waived by us"))
    if row.state not in {BreachState.OPEN, BreachState.PENALTY}:
        raise NotPossible(DECIDED)
    amount = row.amount if row.state == BreachState.PENALTY else amount
    if amount is None:
        raise NotPossible(_("Say how much is waived"))
    currency = row.currency or _currency(row.agreement)
    fields = {"amount": amount, "currency": currency, "why": why}
    if within_own_limit(user, KIND, amount, currency):
        return _changed(user, row, {**fields, "state": BreachState.WAIVED.value})
    had = hands(KIND, row, APPROVED)
    asked = _changed(user, row, {**fields, "state": BreachState.ASKED.value})
    subject = Subject(row.pk, row.get_absolute_url(), _waiver(asked), row.agreement.account, had, currency)
    approval = approvals.ask(user, KIND, subject, amount, why)
    return _changed(user, asked, {"approval": approval})


def _waiver(row: Breach) -> Message:
    figures = {"amount": row.penalty, "agreement": str(row.agreement), "text": str(row)}
    return Message(_("Waive a penalty of {amount} under {agreement}: {text}"), figures)


def became(user: User, number: int, state: str) -> None:
    """What follows once its approval is decided: waived, or still open as a penalty."""
    row = Breach.objects.select_for_update(of=("self",)).get(pk=number)
    if state == ApprovalState.WAITING:
        raise NotPossible(_("Ask for it where the breach stands, not here"))
    if row.state != BreachState.ASKED:
        raise NotPossible(DECIDED)
    waived = state == ApprovalState.APPROVED
    claimed = BreachState.PENALTY if row.due else BreachState.OPEN
    fields: dict[str, Any] = {"state": (BreachState.WAIVED if waived else claimed).value}
    if not waived and claimed is BreachState.OPEN:
        fields |= {"amount": None, "currency": ""}
    records.change(user, Breach.objects.all(), row.pk, row.version, fields)


@transaction.atomic
def settle(user: User, pk: int, version: int, *, on: date, settlement: str) -> Breach:
    """The penalty is paid, credited or set off; from now on it stays as it is."""
    row = _own(user, pk, version)
    if row.state != BreachState.PENALTY:
        raise NotPossible(_("No penalty is open here"))
    return _settled(user, row, on, settlement)


@transaction.atomic
def close(user: User, pk: int, version: int, *, on: date, settlement: str) -> Breach:
    """Nothing is paid: both sides agreed on something else, or on nothing more."""
    return _settled(user, _open(user, pk, version), on, settlement)


def _settled(user: User, row: Breach, on: date, settlement: str) -> Breach:
    if on > timezone.localdate():
        raise NotPossible(_("This day lies ahead: settle it when it has come"))
    if on < row.broken_on:
        raise NotPossible(_("This day lies before the breach"))
    fields = {"state": BreachState.SETTLED.value, "settled_on": on, "settlement": settlement, "why": ""}
    return _changed(user, row, fields)


@transaction.atomic
def take_back(user: User, pk: int, version: int | None = None) -> Breach:
    """As if nothing had been decided; what was paid stays."""
    row = _own(user, pk, version)
    if (row.is_settled and not row.is_closed) or (row.state == BreachState.WAIVED and row.approval):
        raise NotPossible(_("It is settled, or approved by a second person: it stays so"))
    if row.state == BreachState.OPEN:
        raise NotPossible(_("Nothing is decided about it that could be taken back"))
    if row.state == BreachState.ASKED and row.approval:
        approvals.taken_back(user, row.approval)
    if row.promise and row.promise.put_away_at is None:
        promises.put_away(user, row.promise.pk)
    return _changed(user, row, BACK)


@transaction.atomic
def put_away(user: User, pk: int) -> Breach:
    """One that was recorded by mistake, while nothing is decided."""
    _open(user, pk, None)
    away: Breach = records.put_away(user, Breach.objects.visible_to(user), pk)
    return away


@transaction.atomic
def fetch_back(user: User, pk: int) -> Breach:
    user.must(AgreementRight.WRITE)
    rows = Breach.objects.within_reach_of(user)
    own(user, rows.get(pk=pk).agreement_id)
    back: Breach = records.fetch_back(user, rows, pk)
    return back


def _own(user: User, pk: int, version: int | None) -> Breach:
    user.must(AgreementRight.WRITE)
    row: Breach = Breach.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    own(user, row.agreement_id)
    if version is not None and row.version != version:
        raise Stale(row)
    return row


def _open(user: User, pk: int, version: int | None) -> Breach:
    row = _own(user, pk, version)
    if row.state != BreachState.OPEN:
        raise NotPossible(DECIDED)
    return row


def _changed(user: User, row: Breach, fields: Mapping[str, Any]) -> Breach:
    changed: Breach = records.change(user, Breach.objects.visible_to(user), row.pk, row.version, fields)
    return changed


def _currency(row: Agreement) -> str:
    shown = scorecards.current()
    return row.currency or (shown.currency if shown else "")
