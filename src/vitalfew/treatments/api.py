"""/treatments: what is done about accounts that cost more than they bring."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.treatments import actions, parting, questions
from vitalfew.treatments.forms import OutcomeForm, TreatmentForm
from vitalfew.treatments.listing import TREATMENTS
from vitalfew.treatments.models import Treatment
from vitalfew.treatments.rights import TreatmentRight

router = Router(tags=["treatments"])


class TreatmentOut(Schema):
    """A treatment in full; what it changed stands there once it is judged. Person is a number."""

    id: int
    account: str
    kind: str
    why: str
    aim: Decimal
    months: int
    owner: str | None
    reason: str
    earned: float | None
    currency: str
    person: int | None
    last_day: date | None
    letter: str
    written_on: date | None
    state: str
    begun_on: date | None
    until: date | None
    effect: str
    judged_months: int | None
    before: float | None
    after: float | None
    change: float | None
    change_low: float | None
    change_high: float | None
    outcome: str
    version: int


class TreatmentNew(Schema):
    """A proposal: kind is reprice, service, convert or part. A parting names its last day, whom to write to, and its letter."""

    account: str
    kind: str
    why: str
    aim: Decimal
    owner: str
    months: int = 12
    person: int | None = None
    last_day: date | None = None
    letter: str = ""

    model_config = {"extra": "forbid"}


class TreatmentChange(Schema):
    """What can be changed in a draft; what is not sent stays."""

    kind: str | None = None
    why: str | None = None
    aim: Decimal | None = None
    owner: str | None = None
    months: int | None = None
    person: int | None = None
    last_day: date | None = None
    letter: str | None = None

    model_config = {"extra": "forbid"}


class TreatmentEnded(Schema):
    """What was learned."""

    outcome: str

    model_config = {"extra": "forbid"}


def _owner(row: Treatment) -> str | None:
    return row.owner.username if row.owner else None


def _told(_user: User, row: Treatment) -> dict[str, Any]:
    plain = (
        "kind", "why", "aim", "months", "reason", "earned", "currency", "last_day", "letter", "written_on", "state",
        "begun_on", "until", "effect", "judged_months", "before", "after", "change", "change_low", "change_high", "outcome",
    )  # fmt: skip
    known = {"account": row.account.code, "owner": _owner(row), "person": row.person_id}
    return {**known, **{name: getattr(row, name) for name in plain}}


def _said(form: TreatmentForm) -> dict[str, Any]:
    """A parting without a letter gets the one that is proposed."""
    given = checked(form, actions.FIELDS)
    if given["last_day"] and not given["letter"].strip():
        given["letter"] = parting.proposed(given["person"], given["last_day"])
    return given


OPERATIONS: Final = Operations(
    router, "treatment", TREATMENTS, questions.treatments, TreatmentOut, _told, see=TreatmentRight.SEE,
    write=TreatmentRight.WRITE,
)  # fmt: skip
OPERATIONS.reads("Treatments of loss-makers, the largest loss first, a page at a time.", "One treatment.")


@OPERATIONS.adds
def propose_treatment(user: User, sent: TreatmentNew) -> Treatment:
    """Propose what is done about an account that costs more than it brings."""
    account = visible(user, sent.account)
    form = TreatmentForm(account, sent.dict(exclude={"account"}, exclude_none=True))
    return actions.propose(user, account, _said(form))


@OPERATIONS.changes
def change_treatment(user: User, row: Treatment, sent: TreatmentChange) -> None:
    """Change a draft. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS} | {"owner": _owner(row), "person": row.person_id}
    form = TreatmentForm(row.account, {**known, **sent.dict(exclude_unset=True)})
    actions.change(user, row.pk, row.version, _said(form))


@OPERATIONS.does("ask")
def ask_for_treatment(user: User, row: Treatment) -> None:
    """Have it approved by a second person."""
    actions.ask(user, row.pk)


@OPERATIONS.does("withdraw")
def withdraw_treatment(user: User, row: Treatment) -> None:
    """A draft again, before anybody decided."""
    actions.withdraw(user, row.pk)


@OPERATIONS.does("write")
def write_treatment_letter(user: User, row: Treatment) -> None:
    """Write the letter of a parting, as it was approved."""
    actions.write(user, row.pk)


@OPERATIONS.does("judge")
def judge_treatment(user: User, row: Treatment, sent: TreatmentEnded) -> None:
    """Its months are over: what the facts say of them is kept."""
    said = checked(OutcomeForm({"version": row.version, **sent.dict()}), ("version", "outcome"))
    actions.judge(user, row.pk, **said)


@OPERATIONS.does("call-off")
def call_treatment_off(user: User, row: Treatment, sent: TreatmentEnded) -> None:
    """It is not gone on with."""
    said = checked(OutcomeForm({"version": row.version, **sent.dict()}), ("version", "outcome"))
    actions.call_off(user, row.pk, **said)


@OPERATIONS.puts_away
def put_away_treatment(user: User, row: Treatment) -> None:
    """Put a draft or one that is over away; it can be fetched back."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/treatments", router),)
