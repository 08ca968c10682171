"""Changes to rescue plans: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account, TeamMember, TeamRole
from vitalfew.analyses.churn import HALF_A_YEAR
from vitalfew.department.workdays import calendar
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.rescues import questions
from vitalfew.rescues.comparing import beside, card_of
from vitalfew.rescues.models import Rescue, RescueStep, Threshold
from vitalfew.rescues.playbook import Played
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.words import RescueState, StepState
from vitalfew.terms import gettext_noop as _

TAKEN: Final = _("A plan for this account is under way: open it")
ENDED: Final = _("This plan has ended: open it again first")
AHEAD: Final = timedelta(days=int(HALF_A_YEAR))


@transaction.atomic
def begin(user: User, account: Account, cause: str, owner: User, why: str = "") -> Rescue:
    """A plan by the playbook of the cause, with what is known today."""
    user.must(RescueRight.LEAD)
    _alone(account)
    today = timezone.localdate()
    row = Rescue(
        account=account, cause=cause, why=why, owner=owner, begun_on=today, until=today + AHEAD, **_known(account)
    )
    made = records.make(user, row)
    played(user, made)
    return made


def _alone(account: Account) -> None:
    if Rescue.objects.filter(account=account, state=RescueState.RUNNING, put_away_at=None).exists():
        raise NotPossible(TAKEN)


def _known(account: Account) -> dict[str, Any]:
    """What the figures say of it today, and who stands beside it."""
    card = card_of(account)
    if card is None:
        return {}
    return {
        "risk": card.churn, "risk_low": card.churn_low, "risk_high": card.churn_high, "at_stake": card.at_stake,
        "currency": card.refresh.currency, "beside": beside(card),
    }  # fmt: skip


def played(user: User, row: Rescue) -> None:
    """The steps that the playbook has against its cause, from today on."""
    ours, days, today = _group(row), calendar(), timezone.localdate()
    for play in questions.plays(row.cause):
        due = days.after(today, play.days)
        records.make(user, RescueStep(rescue=row, title=play.title, owner=_whose(play, row, ours), due=due))


def _whose(play: Played, row: Rescue, ours: Mapping[str, User]) -> User | None:
    """What is nobody's in particular is done by who leads the plan."""
    return row.owner if play.function == TeamRole.SALES else ours.get(play.function, row.owner)


def _group(row: Rescue) -> Mapping[str, User]:
    """Who of the account's group has which function, whoever has had it longest."""
    rows = TeamMember.objects.filter(account=row.account, until=None, user__is_active=True).select_related("user")
    found: dict[str, User] = {}
    for each in rows.order_by("since", "pk"):
        found.setdefault(each.role, each.user)
    return found


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Rescue:
    """Another cause, or what speaks for it. By another cause its plays take the place of steps still to do."""
    before = _running(user, pk)
    cause = before.cause
    row: Rescue = records.change(user, Rescue.objects.visible_to(user), pk, version, fields)
    if row.cause != cause:
        for step in row.steps.filter(state=StepState.OPEN, put_away_at=None):
            records.put_away(user, RescueStep.objects.visible_to(user), step.pk)
        played(user, row)
    return row


@transaction.atomic
def hand_on(user: User, pk: int, version: int, *, owner: User) -> Rescue:
    """Somebody else leads it, and does what whoever led it had still to do."""
    before = _running(user, pk).owner_id
    row: Rescue = records.change(user, Rescue.objects.visible_to(user), pk, version, {"owner": owner})
    for step in row.steps.filter(state=StepState.OPEN, owner=before, put_away_at=None):
        records.change(user, RescueStep.objects.visible_to(user), step.pk, step.version, {"owner": owner})
    return row


@transaction.atomic
def end(user: User, pk: int, version: int, *, on: date, state: str, outcome: str) -> Rescue:
    """What became of the account. What was still to do counts as left out."""
    row = _running(user, pk)
    if not row.begun_on <= on <= timezone.localdate():
        raise NotPossible(_("It can end from the day on which it began up to today"))
    if state == RescueState.STAYED and not any(step.state == StepState.DONE for step in row.steps.all()):
        raise NotPossible(_("Nothing of this plan was done: settle what was done first, or call it off"))
    for step in row.steps.filter(state=StepState.OPEN, put_away_at=None):
        given = {"state": StepState.LEFT_OUT.value, "settled_on": on, "settled_by": user, "note": ""}
        records.change(user, RescueStep.objects.visible_to(user), step.pk, step.version, given)
    ended = {"state": state, "ended_on": on, "outcome": outcome}
    done: Rescue = records.change(user, Rescue.objects.visible_to(user), pk, version, ended)
    return done


@transaction.atomic
def reopen(user: User, pk: int) -> Rescue:
    """As if it had not ended: what was left out with it is to do again."""
    row = held(user, pk)
    if row.is_open:
        raise NotPossible(_("It is open"))
    _alone(row.account)
    for step in row.steps.filter(state=StepState.LEFT_OUT, settled_on=row.ended_on, note="", put_away_at=None):
        records.change(user, RescueStep.objects.visible_to(user), step.pk, step.version, UNSETTLED)
    opened = {"state": RescueState.RUNNING.value, "ended_on": None, "outcome": ""}
    done: Rescue = records.change(user, Rescue.objects.visible_to(user), pk, row.version, opened)
    return done


UNSETTLED: Final[Mapping[str, Any]] = {
    "state": StepState.OPEN.value, "settled_on": None, "settled_by": None, "note": "",
}  # fmt: skip


@transaction.atomic
def put_away(user: User, pk: int) -> Rescue:
    user.must(RescueRight.LEAD)
    row: Rescue = records.put_away(user, Rescue.objects.visible_to(user), pk)
    return row


@transaction.atomic
def fetch_back(user: User, pk: int) -> Rescue:
    user.must(RescueRight.LEAD)
    seen = Rescue.objects.within_reach_of(user)
    row = seen.select_related("account").get(pk=pk)
    if row.is_open:
        _alone(row.account)
    back: Rescue = records.fetch_back(user, seen, pk)
    return back


@transaction.atomic
def set_threshold(user: User, risk: float) -> Threshold:
    """From now on the firm is warned from this risk on."""
    user.must(RescueRight.THRESHOLD)
    return records.make(user, Threshold(risk=risk))


def _running(user: User, pk: int) -> Rescue:
    row = held(user, pk)
    if not row.is_open:
        raise NotPossible(ENDED)
    return row


def held(user: User, pk: int, right: RescueRight = RescueRight.LEAD) -> Rescue:
    """Held until the change is stored."""
    user.must(right)
    rows = Rescue.objects.visible_to(user).select_for_update(of=("self",))
    row: Rescue = rows.select_related("account", "owner").get(pk=pk)
    return row
