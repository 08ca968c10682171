"""A complaint is judged and led step by step; it waits for the customer, and is opened again."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.complaints import causing, checks, clock, closing, severity, telling
from vitalfew.complaints.actions import HANDLED, NOT_RUNNING
from vitalfew.complaints.deadlines import hours
from vitalfew.complaints.keeping import CUSTOMER, Who, changed, done, noted, state_now
from vitalfew.complaints.models import Complaint, Said, Step
from vitalfew.complaints.procedure import NEEDS, following
from vitalfew.complaints.words import Event, State, Way
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _

NOT_NEXT: Final = _("This is not its next step: steps are done in order")
AFTER_ASSESSING: Final = (State.RECEIVED.value, State.ASSESSED.value)


@transaction.atomic
def assess(
    user: User, pk: int, version: int, *, effect: str, grows: bool, severity_set: int | None = None, why: str = ""
) -> Complaint:
    """Judge it by its effect; another severity than the rule's needs its reason. What was done stays, however it goes on."""
    row = _running(user, pk)
    by_rule = severity.severity(effect, grows=grows)
    found = severity_set or by_rule
    if found != by_rule and not why.strip():
        raise NotPossible(_("Say why it is another severity than the rule gives"))
    again = State.ASSESSED.value in done(row)
    procedure = severity.procedure(found).value
    if procedure != row.procedure:
        row.steps.filter(what=State.ANSWERED).update(undone=True)
    noted(user, row, Event.REASSESSED if again else State.ASSESSED, why, {"severity": found, "effect": effect})
    fields = {"effect": effect, "grows": grows, "severity": found, "severity_why": why if found != by_rule else ""}
    return changed(
        user, row, version, **fields, procedure=procedure, priority=severity.priority(found, key=row.key),
        state=state_now(row, procedure), **({} if again else {"step_since": timezone.now()}),
    )  # fmt: skip


@transaction.atomic
def advance(user: User, pk: int, version: int, to: str, given: Mapping[str, Any]) -> Complaint:
    """The next step is done, and what it needs is said; any other is refused, whoever asks."""
    row = _running(user, pk)
    if to in AFTER_ASSESSING or following(row.procedure, done(row)) != to:
        raise NotPossible(NOT_NEXT)
    said = _said_for(to, given)
    if to == State.CLOSED and row.said.filter(at=None).exists():
        raise NotPossible(_("Tell the customer first: a word to it has not been said yet"))
    if to == State.CLOSED:
        said |= closing.without(user, row, str(given.get(closing.WITHOUT) or ""))
    if row.version != version:
        raise Stale(row)
    if row.waiting_since:
        row = resumed(user, row)
    noted(user, row, to, given=said)
    row = changed(user, row, **_reached(row, to, said, given))
    if to == State.STANDARD:
        checks.begin(user, row, said, int(given.get(checks.AFTER) or checks.DAYS))
    if to == State.ANSWERED:
        telling.answer(user, row, said["answer"])
        row.refresh_from_db()
    return row


def _reached(row: Complaint, to: str, said: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, Any]:
    """What the step changes of it."""
    now = timezone.now()
    fields: dict[str, Any] = {"state": state_now(row, row.procedure), "step_since": now}
    if to == State.CAUSE and (chosen := causing.chosen(given)):
        fields["cause"] = chosen
    if to == State.ANSWERED:
        fields["answered_at"] = row.answered_at or now
    if to == State.CLOSED:
        fields |= {"closed_at": now, "closed_on": timezone.localdate(), "outcome": said["outcome"]}
    return fields


def _said_for(to: str, given: Mapping[str, Any]) -> dict[str, str]:
    """What the step needs, all of it."""
    told = {}
    for each in NEEDS[to]:
        value = given.get(each.name)
        text = value.isoformat() if isinstance(value, date) else str(value or "").strip()
        if not text:
            raise NotPossible(_("Something that this step needs is not said"))
        if each.name == "on" and text > timezone.localdate().isoformat():
            raise NotPossible(_("This day lies ahead"))
        told[each.name] = text
    return told


def last_step(row: Complaint) -> Step | None:
    """The one that can be taken back."""
    known = {each.value for each in State} - {*AFTER_ASSESSING}
    return row.steps.filter(undone=False, what__in=known).order_by("-at", "-pk").first()


@transaction.atomic
def step_back(user: User, pk: int) -> Complaint:
    """The last step is not done after all; what was said for it stays in the history."""
    row = HANDLED.held(user, pk)
    if row.merged_into_id:
        raise NotPossible(NOT_RUNNING)
    last = last_step(row)
    if last is None:
        raise NotPossible(_("No step was done that could be taken back"))
    last.undone = True
    last.save(update_fields=["undone"])
    fields: dict[str, Any] = {"state": state_now(row, row.procedure)}
    if last.what == State.CLOSED:
        fields |= {"closed_at": None, "closed_on": None, "outcome": ""}
    if last.what == State.STANDARD:
        checks.drop(user, row)
    return changed(user, row, **fields)


@transaction.atomic
def wait(user: User, pk: int, version: int, why: str) -> Complaint:
    """The customer has to answer first: its clock stands still."""
    row = _running(user, pk)
    if row.waiting_since:
        raise NotPossible(_("It waits already"))
    noted(user, row, Event.WAITS, why)
    return changed(user, row, version, waiting_since=timezone.now())


@transaction.atomic
def resume(user: User, pk: int) -> Complaint:
    """It goes on; what was due is due so much later."""
    row = HANDLED.held(user, pk)
    if row.waiting_since is None:
        raise NotPossible(_("It does not wait"))
    return resumed(user, row)


def resumed(who: Who, row: Complaint) -> Complaint:
    now, known = timezone.now(), hours()
    since = timezone.localtime(row.waiting_since)
    lost = clock.worked(known, since, timezone.localtime(now))
    noted(who, row, Event.RESUMED)
    step = row.step_since and clock.due(known, timezone.localtime(row.step_since), lost)
    return changed(who, row, waiting_since=None, paused=row.paused + lost, step_since=step)


@transaction.atomic
def reopen(user: User, pk: int, version: int, why: str) -> Complaint:
    """Settled too soon: what follows the countermeasure is to be done again."""
    row = HANDLED.held(user, pk)
    if row.state != State.CLOSED or not row.is_ours or row.merged_into_id:
        raise NotPossible(_("It is not settled"))
    return reopened(user, row, why, version)


def reopened(who: Who, row: Complaint, why: str, version: int | None = None) -> Complaint:
    return _again(who, row, (State.ANSWERED, State.CLOSED), Event.REOPENED, why, version)


def relearned(who: Who, row: Complaint, why: str) -> Complaint:
    """The countermeasure does not work: from its trial on, all is to be done again, whether the complaint was settled or not."""
    return _again(who, row, LEARNING, Event.RELEARNED, why)


LEARNING: Final = (State.TRIAL, State.SMALL, State.STANDARD, State.AGREED, State.ANSWERED, State.CLOSED)


def _again(  # noqa: PLR0917  (of one record)
    who: Who, row: Complaint, steps: tuple[State, ...], event: Event, why: str, version: int | None = None
) -> Complaint:
    row.steps.filter(what__in=steps).update(undone=True)
    noted(who, row, event, why)
    return changed(
        who, row, version, state=state_now(row, row.procedure), closed_at=None, closed_on=None,
        step_since=timezone.now(), reopened=row.reopened + 1, satisfied=None, outcome="", waiting_since=None,
    )  # fmt: skip


@transaction.atomic
def judged(row: Complaint, *, satisfied: bool, note: str, fair: Mapping[str, int | None]) -> Complaint:
    """The customer says whether it is satisfied; where it is not, what was settled is open again."""
    row = _held(row)
    noted(CUSTOMER, row, Event.JUDGED, note, {"satisfied": satisfied})
    word: dict[str, Any] = {} if satisfied and not note.strip() else {"word_since": timezone.now()}
    row = changed(CUSTOMER, row, satisfied=satisfied, satisfied_note=note, **fair, **word)
    if satisfied or row.state != State.CLOSED:
        return row
    again = reopened(CUSTOMER, row, note)
    return changed(CUSTOMER, again, satisfied=False)


@transaction.atomic
def heard(row: Complaint, text: str) -> Complaint:
    """The customer writes under its link, whether it is settled or not; where we waited for it, we go on."""
    row, now = _held(row), timezone.now()
    Said.objects.create(complaint=row, to_us=True, way=Way.PAGE, text=text, at=now)
    row = changed(CUSTOMER, row, word_since=row.word_since or now)
    return resumed(CUSTOMER, row) if row.waiting_since else row


@transaction.atomic
def seen(user: User, pk: int) -> Complaint:
    """What the customer said was read, and needs no answer."""
    row = HANDLED.held(user, pk)
    if row.word_since is None:
        raise NotPossible(_("No word of the customer's waits here"))
    return changed(user, row, word_since=None)


def _held(row: Complaint) -> Complaint:
    """As it is now, until what the customer says is stored."""
    found: Complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=row.pk)
    return found


def _running(user: User, pk: int) -> Complaint:
    row = HANDLED.held(user, pk)
    if not row.is_open:
        raise NotPossible(NOT_RUNNING)
    return row
