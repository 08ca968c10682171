"""Changes to plans: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.spans import following
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.hands import hands
from vitalfew.approvals.words import ApprovalState
from vitalfew.language import Message
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.plans import questions
from vitalfew.plans.models import Goal, Plan, Step, Target, Version
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.plans.words import PlanState
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards

KIND: Final = "account-plan"
FIELDS: Final = (
    "title", "since", "until", "review_on", "owner", "strengths", "weaknesses", "opportunities", "threats", "service",
    "sales_model", "sales_model_why",
)  # fmt: skip
APPROVED: Final = frozenset(FIELDS) - {"review_on", "owner"} | {"goal", "step", "target", "promotion"}
"""What a second person agrees to, as the trail calls it."""
KEPT: Final = ("strengths", "weaknesses", "opportunities", "threats", "service", "sales_model", "sales_model_why")
"""What the next plan begins with."""
NOT_NOW: Final = _("This can't be done with a plan in its present state: look at it again")
OWN: Final = Owned(Plan, AccountPlanRight.WRITE, questions.may_change, ("account", "approval"))
own, fetch_back = OWN.held, OWN.fetch_back


@transaction.atomic
def write(user: User, account: Account, fields: Mapping[str, Any]) -> Plan:
    """Begin a draft; its amounts are in the currency of the house."""
    user.must(AccountPlanRight.WRITE)
    shown = scorecards.current()
    return records.make(user, Plan(account=account, currency=shown.currency if shown else "", **fields))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Plan:
    """Correct a draft, unless somebody saved since ``version``."""
    row = own(user, pk)
    must_be(row, PlanState.DRAFT)
    return records.change(user, Plan.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def ask(user: User, pk: int) -> Plan:
    """It is ready: a second person is asked to agree."""
    row = own(user, pk)
    must_be(row, PlanState.DRAFT)
    if not row.goals.filter(put_away_at=None).exists():
        raise NotPossible(_("A plan without a goal can't be agreed to: write down at least one"))
    _taken_back(user, row)
    subject = Subject(
        row.pk, row.get_absolute_url(), Message("{plan}", {"plan": row.title}), row.account,
        hands=hands(KIND, row, APPROVED), currency=row.currency,
    )  # fmt: skip
    asked = approvals.ask(user, KIND, subject, questions.our_money(row))
    return _moved(user, row, state=PlanState.ASKED.value, approval=asked)


@transaction.atomic
def agree(user: User, pk: int, version: int | None = None) -> Plan:
    """A second person agrees to what he read."""
    row = _waiting(user, pk)
    if version is not None and row.version != version:
        raise Stale(row)
    approvals.approve(user, row.approval.pk, row.approval.version)
    return Plan.objects.get(pk=pk)


@transaction.atomic
def send_back(user: User, pk: int, why: str) -> Plan:
    """It is to be thought over, and why."""
    row = _waiting(user, pk)
    approvals.send_back(user, row.approval.pk, row.approval.version, why)
    return Plan.objects.get(pk=pk)


def decided(user: User, pk: int, state: str, content: Callable[[Plan], dict[str, Any]]) -> None:
    """What follows from its approval: agreed to, the plan and what was known are kept as its next version."""
    if state == ApprovalState.WAITING:
        raise NotPossible(_("Ask for it where the plan stands, not here"))
    row = Plan.objects.select_for_update(of=("self",)).select_related("account").get(pk=pk)
    must_be(row, PlanState.ASKED)
    if state == ApprovalState.APPROVED:
        number = row.versions.count() + 1
        today = timezone.localdate()
        Version.objects.create(plan=row, number=number, agreed_by=user, agreed_on=today, content=content(row))
        to = PlanState.RUNNING if row.begun_on else PlanState.AGREED
    else:
        to = PlanState.DRAFT
    records.change(user, Plan.objects.all(), pk, row.version, {"state": to.value})


@transaction.atomic
def begin(user: User, pk: int) -> Plan:
    row = own(user, pk)
    must_be(row, PlanState.AGREED)
    return _moved(user, row, state=PlanState.RUNNING.value, begun_on=timezone.localdate())


@transaction.atomic
def revise(user: User, pk: int) -> Plan:
    """Back to a draft; what was agreed stays kept as it was."""
    row = own(user, pk)
    must_be(row, PlanState.ASKED, PlanState.AGREED, PlanState.RUNNING)
    _taken_back(user, row)
    return _moved(user, row, state=PlanState.DRAFT.value)


@transaction.atomic
def close(user: User, pk: int, version: int, fields: Mapping[str, Any], readings: Mapping[str, Any]) -> Plan:
    """Reviewed and done with: how it went, what was learnt, and how far each goal came."""
    row = own(user, pk)
    must_be(row, PlanState.AGREED, PlanState.RUNNING)
    closed = {**fields, "state": PlanState.CLOSED.value, "closed_on": timezone.localdate(), "readings": dict(readings)}
    return records.change(user, Plan.objects.visible_to(user), pk, version, closed)


@transaction.atomic
def put_off(user: User, pk: int, version: int, review_on: date) -> Plan:
    """It was looked at, and goes on: the day of the next review."""
    row = own(user, pk)
    must_be(row, PlanState.AGREED, PlanState.RUNNING)
    return records.change(user, Plan.objects.visible_to(user), pk, version, {"review_on": review_on})


@transaction.atomic
def reopen(user: User, pk: int) -> Plan:
    """As if it had not been closed."""
    row = own(user, pk)
    must_be(row, PlanState.CLOSED)
    state = PlanState.RUNNING if row.begun_on else PlanState.AGREED
    again = {"state": state.value, "closed_on": None, "rating": "", "lessons": "", "readings": None}
    return _moved(user, row, **again)


@transaction.atomic
def go_on(user: User, pk: int, title: str) -> Plan:
    """The next plan from this one: its span follows, its goals are to be set anew, its open steps stay to be done."""
    row = own(user, pk)
    since, until = following(row.since, row.until)
    fields = {"title": title, "since": since, "until": until, "review_on": until, "owner": row.owner}
    made = write(user, row.account, {**fields, **{name: getattr(row, name) for name in KEPT}, "before": row})
    _carried_over(user, row, made)
    return made


def _carried_over(user: User, row: Plan, made: Plan) -> None:
    goals = {}
    for goal in row.goals.filter(put_away_at=None):
        kept = {name: getattr(goal, name) for name in ("text", "measure", "category", "target", "unit")}
        goals[goal.pk] = records.make(user, Goal(plan=made, **kept))
    for step in row.steps.filter(put_away_at=None, done_on=None):
        due = max(step.due, made.since)
        records.make(
            user, Step(plan=made, goal=goals.get(step.goal_id or 0), text=step.text, owner=step.owner, due=due)
        )
    for target in row.targets.filter(put_away_at=None):
        records.make(user, Target(plan=made, category=target.category, amount=target.amount, note=target.note))


@transaction.atomic
def put_away(user: User, pk: int) -> Plan:
    row = own(user, pk)
    if row.state == PlanState.ASKED:
        revise(user, pk)
    return records.put_away(user, Plan.objects.visible_to(user), pk)


def must_be(row: Plan, *states: PlanState) -> None:
    if row.state not in states:
        raise NotPossible(NOT_NOW)


def _waiting(user: User, pk: int) -> Any:
    """The plan, with the approval that waits for the user."""
    rows = Plan.objects.visible_to(user).select_for_update(of=("self",)).select_related("account", "approval")
    row = rows.get(pk=pk)
    must_be(row, PlanState.ASKED)
    if row.approval is None or user.username in row.approval.shut_out:
        raise NotPossible(_("Who asks for agreement does not give it: somebody else has to"))
    if not questions.may_agree(user, row):
        raise Forbidden
    return row


def _taken_back(user: User, row: Plan) -> None:
    """What was asked for it before waits no more."""
    if row.approval and row.approval.state in {ApprovalState.WAITING, ApprovalState.RETURNED}:
        approvals.taken_back(user, row.approval)


def _moved(user: User, row: Plan, **fields: Any) -> Plan:
    return records.change(user, Plan.objects.visible_to(user), row.pk, row.version, fields)
