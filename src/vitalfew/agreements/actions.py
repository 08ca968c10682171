"""Changes to agreements: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.spans import following
from vitalfew.agreements import questions
from vitalfew.agreements.models import Agreement, Obligation, PriceRule
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import AgreementState
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.hands import hands
from vitalfew.approvals.words import ApprovalState
from vitalfew.language import Day, Message
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

KIND: Final = "agreement"
"""As what it is approved."""
FIELDS: Final = (
    "number", "title", "kind", "since", "until", "renewal", "notice_days", "lead_days", "value", "currency", "ours",
    "theirs", "signed_on", "owner", "note",
)  # fmt: skip
APPROVED: Final = frozenset(FIELDS) - {"owner", "lead_days", "signed_on"} | {"obligation", "pricerule"}
"""What a second person approves, as the trail calls it."""
CARE: Final = ("number", "owner", "lead_days", "signed_on", "ours", "theirs")
"""What is ours to change while it is in force: its number, who looks after it, and who has signed."""
TERMS: Final = ("kind", "renewal", "notice_days", "lead_days", "value", "currency", "owner", "note")
"""What the next one begins with."""
OF_OBLIGATION: Final = ("side", "text", "rhythm", "measure", "category", "target", "days", "product", "unit", "pieces")
OF_RULE: Final = ("product", "category", "from_quantity", "kind", "value")
NOT_NOW: Final = _("This can't be done with an agreement in its present state: look at it again")


@transaction.atomic
def write(user: User, account: Account, fields: Mapping[str, Any]) -> Agreement:
    """Begin a draft."""
    user.must(AgreementRight.WRITE)
    return records.make(user, Agreement(account=account, **fields).with_days())


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Agreement:
    """Correct a draft; of one in force only its number, who looks after it and who signed."""
    row = own(user, pk)
    if not row.is_draft:
        must_be(row, AgreementState.IN_FORCE)
        fields = {name: value for name, value in fields.items() if name in CARE}
    return _changed(user, row, version, fields)


def _changed(user: User, row: Agreement, version: int, fields: Mapping[str, Any]) -> Agreement:
    """With the days that follow from it."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.with_days()
    told = {**fields, "notice_on": row.notice_on, "ask_on": row.ask_on}
    return records.change(user, Agreement.objects.visible_to(user), row.pk, version, told)


@transaction.atomic
def ask(user: User, pk: int, why: str = "", version: int | None = None) -> Agreement:
    """It is ready: a second person is asked, in exactly this version."""
    row = own(user, pk, version)
    must_be(row, AgreementState.DRAFT)
    if not row.obligations.filter(put_away_at=None).exists():
        raise NotPossible(_("An agreement without an obligation can't be approved: write down at least one"))
    if row.approval and row.approval.state == ApprovalState.RETURNED:
        approvals.taken_back(user, row.approval)
    url, had = row.get_absolute_url(), hands(KIND, row, APPROVED)
    subject = Subject(row.pk, url, _in_short(row), row.account, had, row.currency)
    asked = approvals.ask(user, KIND, subject, row.value, why)
    return moved(user, row, state=AgreementState.WAITING.value, approval=asked, asked_version=row.version + 1)


def _in_short(row: Agreement) -> Message:
    figures: dict[str, Any] = {"agreement": str(row), "since": Day(day_number(row.since)), "value": row.worth or "–"}
    if row.until is None:
        return Message(_("{agreement}, from {since}, {value} a year"), figures)
    figures["until"] = Day(day_number(row.until))
    return Message(_("{agreement}, {since} to {until}, {value} a year"), figures)


@transaction.atomic
def withdraw(user: User, pk: int) -> Agreement:
    """A draft again, before anybody decided."""
    row = own(user, pk)
    must_be(row, AgreementState.WAITING)
    if row.approval:
        approvals.taken_back(user, row.approval)
    return moved(user, row, state=AgreementState.DRAFT.value, asked_version=None)


def became(user: User, number: int, state: str) -> None:
    """What follows once its approval is decided: in force as it was asked for, or a draft again."""
    row = Agreement.objects.select_for_update(of=("self",)).select_related("before").get(pk=number)
    if state == ApprovalState.WAITING:
        raise NotPossible(_("Ask for it where the agreement stands, not here"))
    must_be(row, AgreementState.WAITING)
    if state != ApprovalState.APPROVED:
        _settled(user, row, {"state": AgreementState.DRAFT.value, "asked_version": None})
        return
    if row.version != row.asked_version:
        raise NotPossible(_("The agreement was changed since it was asked for: have it asked for again"))
    today = timezone.localdate()
    _settled(user, row, {"state": AgreementState.IN_FORCE.value, "in_force_on": today})
    if row.before:
        _settled(user, row.before, {"renewed_on": today})


def _settled(user: User, row: Agreement, fields: Mapping[str, Any]) -> None:
    """Whoever decides about the approval need not be one who may change the agreement."""
    records.change(user, Agreement.objects.all(), row.pk, row.version, fields)


@transaction.atomic
def give_notice(user: User, pk: int, version: int, *, on: date, by: str, why: str) -> Agreement:
    """One side gave notice: it is not renewed."""
    row = own(user, pk)
    must_be(row, AgreementState.IN_FORCE)
    _not_ahead(on)
    fields = {"notice_given_on": on, "notice_by": by, "why": why}
    return records.change(user, Agreement.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def take_notice_back(user: User, pk: int) -> Agreement:
    row = own(user, pk)
    must_be(row, AgreementState.IN_FORCE)
    return moved(user, row, notice_given_on=None, notice_by="", why="")


@transaction.atomic
def end(user: User, pk: int, version: int, *, on: date, why: str) -> Agreement:
    """It is over on that day: ended with its time, terminated before it."""
    row = own(user, pk)
    must_be(row, AgreementState.IN_FORCE)
    _not_ahead(on)
    if on < row.since:
        raise NotPossible(_("This day lies before the agreement began"))
    early = row.until is None or on < row.until
    state = AgreementState.TERMINATED if early else AgreementState.ENDED
    fields = {"state": state.value, "ended_on": on, "ended_why": why}
    return records.change(user, Agreement.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def reopen(user: User, pk: int) -> Agreement:
    """In force, as if it had not been ended."""
    row = own(user, pk)
    must_be(row, AgreementState.ENDED, AgreementState.TERMINATED)
    return moved(user, row, state=AgreementState.IN_FORCE.value, ended_on=None, ended_why="")


@transaction.atomic
def renew(user: User, pk: int) -> Agreement:
    """The next one, a draft that goes on from it: as long, with its obligations and price rules, to be looked through."""
    row = own(user, pk)
    must_be(row, AgreementState.IN_FORCE, AgreementState.ENDED)
    if row.until is None:
        raise NotPossible(_("It has no last day on which another could follow: end it, or write a new agreement"))
    _alone(row)
    since, until = following(row.since, row.until)
    kept = {name: getattr(row, name) for name in TERMS}
    title = row.title.replace(str(row.since.year), str(since.year))
    span = {"since": since, "until": until, "title": title, "before": row}
    made = write(user, row.account, {**kept, **span})
    _carried_over(user, row, made)
    return made


def _alone(row: Agreement, but: Agreement | None = None) -> None:
    """One agreement follows another, not two."""
    others = row.following.filter(put_away_at=None)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise NotPossible(_("The next agreement is begun already"))


def _carried_over(user: User, row: Agreement, made: Agreement) -> None:
    """Days of the old one are not taken over: what is owed by a day is owed by the new last day, at the latest."""
    for each in row.obligations.filter(put_away_at=None):
        kept = {name: getattr(each, name) for name in OF_OBLIGATION}
        records.make(user, Obligation(agreement=made, due=made.until if each.due else None, **kept))
    for rule in row.pricerules.filter(put_away_at=None, until=row.until):
        kept = {name: getattr(rule, name) for name in OF_RULE}
        records.make(user, PriceRule(agreement=made, since=made.since, until=made.until, **kept))


@transaction.atomic
def put_away(user: User, pk: int) -> Agreement:
    """A draft alone: what was agreed on stays."""
    must_be(own(user, pk), AgreementState.DRAFT)
    return records.put_away(user, Agreement.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Agreement:
    user.must(AgreementRight.WRITE)
    seen = Agreement.objects.within_reach_of(user)
    row = seen.select_related("account", "before").get(pk=pk)
    if not questions.may_change(user, row):
        raise Forbidden
    if row.before:
        _alone(row.before, but=row)
    return records.fetch_back(user, seen, pk)


def own(user: User, pk: int, version: int | None = None) -> Agreement:
    """The agreement, held until the change is stored."""
    user.must(AgreementRight.WRITE)
    rows = Agreement.objects.visible_to(user).select_for_update(of=("self",)).select_related("account", "approval")
    row = rows.get(pk=pk)
    if not questions.may_change(user, row):
        raise Forbidden
    if version is not None and row.version != version:
        raise Stale(row)
    return row


def must_be(row: Agreement, *states: AgreementState) -> None:
    if row.state not in states:
        raise NotPossible(NOT_NOW)


def moved(user: User, row: Agreement, **fields: Any) -> Agreement:
    return records.change(user, Agreement.objects.visible_to(user), row.pk, row.version, fields)


def _not_ahead(day: date) -> None:
    if day > timezone.localdate():
        raise NotPossible(_("This day lies ahead: write it down when it has come"))
