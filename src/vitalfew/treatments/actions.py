"""Changes to treatments: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.spans import months_later
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.hands import hands
from vitalfew.approvals.words import ApprovalState
from vitalfew.coins import written
from vitalfew.language import Message, Word
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of
from vitalfew.treatments import losers, measuring, parting
from vitalfew.treatments.models import Treatment
from vitalfew.treatments.rights import TreatmentRight
from vitalfew.treatments.words import OPEN, TreatmentKind, TreatmentState
from vitalfew.warehouse import scorecards

KIND: Final = "treatment"
FIELDS: Final = ("kind", "why", "aim", "months", "owner", "person", "last_day", "letter")
"""What is approved."""
TAKEN: Final = _("Something is being done about this account already: open it")


@transaction.atomic
def propose(user: User, account: Account, fields: Mapping[str, Any]) -> Treatment:
    """A draft, with what is known of the loss today."""
    user.must(TreatmentRight.WRITE)
    _alone(account)
    known = losers.book()
    row = known.rows.get(account.code)
    if row is None:
        raise NotPossible(_("By the figures this account does not cost more than it brings"))
    told = {"reason": row["reason"], "earned": row["earned"], "currency": known.currency}
    return records.make(user, Treatment(account=account, **told, **_fitting(account, fields)))


def _alone(account: Account, but: int = 0) -> None:
    if Treatment.objects.filter(account=account, state__in=OPEN, put_away_at=None).exclude(pk=but).exists():
        raise NotPossible(TAKEN)


def _fitting(account: Account, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who parts says from when on; others write no letter."""
    if fields["kind"] != TreatmentKind.PART:
        return {**fields, "person": None, "last_day": None, "letter": ""}
    if fields["last_day"] is None:
        raise NotPossible(_("Say on which day the relationship ends"))
    parting.must_keep_notice(account, fields["last_day"])
    return fields


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Treatment:
    row = held(user, pk, TreatmentState.DRAFT)
    return records.change(user, Treatment.objects.visible_to(user), pk, version, _fitting(row.account, fields))


@transaction.atomic
def ask(user: User, pk: int) -> Treatment:
    """A second person is asked, in exactly this version."""
    row = held(user, pk, TreatmentState.DRAFT)
    if row.parts:
        parting.must_keep_notice(row.account, row.last_day)
    if row.approval and row.approval.state == ApprovalState.RETURNED:
        approvals.taken_back(user, row.approval)
    said = Message(_("{kind}, to stand {aim} a year better"), {
        "kind": Word(label_of(TreatmentKind, row.kind)), "aim": written(row.aim, row.currency),
    })  # fmt: skip
    subject = Subject(row.pk, row.get_absolute_url(), said, row.account, hands(KIND, row, FIELDS))
    asked = approvals.ask(user, KIND, subject, None, row.why)
    return _moved(user, row, state=TreatmentState.WAITING.value, approval=asked, asked_version=row.version + 1)


@transaction.atomic
def withdraw(user: User, pk: int) -> Treatment:
    """A draft again, before anybody decided."""
    row = held(user, pk, TreatmentState.WAITING)
    if row.approval:
        approvals.taken_back(user, row.approval)
    return _moved(user, row, state=TreatmentState.DRAFT.value, asked_version=None)


def became(user: User, number: int, state: str) -> None:
    """What follows once its approval is decided: under way from today, or a draft again."""
    row = Treatment.objects.select_for_update(of=("self",)).get(pk=number)
    if state == ApprovalState.WAITING or row.state != TreatmentState.WAITING:
        raise NotPossible(_("Ask for it where the treatment stands, not here"))
    given: dict[str, Any] = {"state": TreatmentState.DRAFT.value, "asked_version": None}
    if state == ApprovalState.APPROVED:
        if row.version != row.asked_version:
            raise NotPossible(_("It was changed since it was asked for: have it asked for again"))
        today = timezone.localdate()
        given = {"state": TreatmentState.RUNNING.value, "begun_on": today, "until": months_later(today, row.months)}
    records.change(user, Treatment.objects.all(), row.pk, row.version, given)


@transaction.atomic
def write(user: User, pk: int) -> Treatment:
    """The letter with which one parts, as it was approved."""
    row = held(user, pk, TreatmentState.RUNNING)
    parting.write(user, row)
    return _moved(user, row, written_on=timezone.localdate())


@transaction.atomic
def judge(user: User, pk: int, version: int, *, outcome: str) -> Treatment:
    """Its months are over: what the facts say of them is kept as it is known now."""
    row = held(user, pk, TreatmentState.RUNNING)
    refresh = scorecards.current()
    if refresh is None or row.until is None or row.begun_on is None or refresh.as_of < row.until:
        raise NotPossible(_("The facts do not reach the day on which it is judged yet"))
    found = measuring.since(row.account.codes, row.begun_on, row.until, row.currency)
    given = {
        "state": TreatmentState.JUDGED.value, "effect": found.effect.value, "judged_months": found.months,
        "before": found.before, "after": found.after, "change": found.change, "change_low": found.low,
        "change_high": found.high, "ended_on": timezone.localdate(), "outcome": outcome,
    }  # fmt: skip
    return records.change(user, Treatment.objects.visible_to(user), pk, version, given)


@transaction.atomic
def call_off(user: User, pk: int, version: int, *, outcome: str) -> Treatment:
    row = held(user, pk, TreatmentState.RUNNING)
    given = {"state": TreatmentState.CALLED_OFF.value, "ended_on": timezone.localdate(), "outcome": outcome}
    return records.change(user, Treatment.objects.visible_to(user), row.pk, version, given)


@transaction.atomic
def put_away(user: User, pk: int) -> Treatment:
    held(user, pk, TreatmentState.DRAFT, TreatmentState.JUDGED, TreatmentState.CALLED_OFF)
    return records.put_away(user, Treatment.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Treatment:
    user.must(TreatmentRight.WRITE)
    seen = Treatment.objects.within_reach_of(user)
    row = seen.select_related("account").get(pk=pk)
    if row.state in OPEN:
        _alone(row.account, pk)
    return records.fetch_back(user, seen, pk)


def held(user: User, pk: int, *states: TreatmentState) -> Treatment:
    """In one of the states; held until the change is stored."""
    user.must(TreatmentRight.WRITE)
    rows = Treatment.objects.visible_to(user).select_for_update(of=("self",))
    row = rows.select_related("account", "owner", "approval", "person").get(pk=pk)
    if row.state not in states:
        raise NotPossible(_("As it stands, this can't be done: look at its state"))
    return row


def _moved(user: User, row: Treatment, **fields: Any) -> Treatment:
    return records.change(user, Treatment.objects.visible_to(user), row.pk, row.version, fields)
