"""The result of a visit: whom we met, what was said and promised, who does what next.

It is kept once, however often it is sent: the key that its sender made tells it again. A held visit is a line of the log of
activities at each of its accounts; corrected, that line is corrected, taken back, it goes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.activities import actions as activities
from vitalfew.activities.models import Activity
from vitalfew.activities.ways import Way
from vitalfew.contacts.models import Person, Post
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.promises import actions as promises
from vitalfew.promises.models import Promise
from vitalfew.promises.words import Origin
from vitalfew.terms import gettext_noop as _
from vitalfew.visits import actions
from vitalfew.visits.models import FollowUp, Sent, Visit, VisitAccount
from vitalfew.visits.words import VisitState

UNTOLD: Final = {"mood": "", "outcome": ""}


@dataclass(frozen=True)
class Promised:
    """What was promised at the visit."""

    text: str
    due: date
    account: Account


@dataclass(frozen=True)
class Next:
    """What somebody of ours does next."""

    what: str
    due: date
    owner: User | None


@dataclass(frozen=True)
class Result:
    """What came of a visit. ``outcomes`` are mood and words by the account's number."""

    day: date
    text: str
    met: Sequence[Person] = ()
    outcomes: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    promises: Iterable[Promised] = ()
    follow_ups: Iterable[Next] = ()


@transaction.atomic
def hold(user: User, pk: int, version: int, said: Result, key: str = "") -> Visit:
    """Write down what came of it, or correct that, unless somebody else did so since ``version``.

    What is sent a second time under its ``key`` changes nothing.
    """
    row = actions.own(user, pk)
    if key and Sent.objects.filter(user=user, key=key).exists():
        return row
    if row.state == VisitState.CANCELLED:
        raise NotPossible(_("It was cancelled: open it again first"))
    if said.day > timezone.localdate():
        raise NotPossible(_("This day lies ahead: write down what came of it when it was held"))
    if key:
        Sent.objects.create(user=user, key=key, visit=row)
    done = _stored(user, row, version if row.is_held else row.version, said)
    if _parts(user, done, said) and done.version == version:
        done = records.touch(user, done, "result")
    _logged(user, done)
    return done


def _stored(user: User, row: Visit, version: int, said: Result) -> Visit:
    fields: dict[str, Any] = {"day": said.day, "result": said.text, "state": VisitState.HELD.value}
    if not row.is_held:
        fields["was_confirmed"] = row.state == VisitState.CONFIRMED
    return records.change(user, Visit.objects.visible_to(user), row.pk, version, fields)


def _parts(user: User, row: Visit, said: Result) -> bool:
    """What belongs to it; whether any of that was new."""
    changed = actions.people(user, row, "met", said.met)
    for part in row.parts.filter(account__in=said.outcomes):
        mood, outcome = said.outcomes[part.account_id]
        if (part.mood, part.outcome) != (mood, outcome):
            changed = True
            VisitAccount.objects.filter(pk=part.pk).update(mood=mood, outcome=outcome)
    for each in said.promises:
        changed = True
        row.promises.add(_promised(user, row, each))
    new = [FollowUp(visit=row, what=each.what, due=each.due, owner=each.owner) for each in said.follow_ups]
    FollowUp.objects.bulk_create(new)
    return changed or bool(new)


def _promised(user: User, row: Visit, given: Promised) -> Promise:
    if not row.parts.filter(account=given.account).exists():
        raise Account.DoesNotExist
    return promises.promise(user, given.account, {
        "text": given.text, "due": given.due, "made_on": row.day, "origin": Origin.VISIT.value, "owner": user,
        "person": None, "reference": "", "department": "",
    })  # fmt: skip


def _logged(user: User, row: Visit) -> None:
    """A line of the log at each account, with those of its people who were met."""
    met = [each.person for each in row.people.filter(met=True).select_related("person")]
    for part in row.parts.select_related("account", "activity"):
        here = set(Post.objects.filter(account=part.account, put_away_at=None).values_list("person_id", flat=True))
        people = [each for each in met if each.pk in here]
        text = "\n".join(each for each in (row.result, part.outcome) if each)
        fields = {
            "way": Way.VISIT.value, "day": row.day, "text": text, "person": people[0] if people else None, "pinned": False
        }  # fmt: skip
        there = activities.There(row.leader, list(row.companions.all()), people[1:])
        made = activities.mirror(user, part.activity, part.account, fields, there)
        if part.activity_id != made.pk:
            VisitAccount.objects.filter(pk=part.pk).update(activity=made)


@transaction.atomic
def take_back(user: User, pk: int) -> Visit:
    """As if no result had been written down: its lines of the log, follow-ups and untouched promises go."""
    row = actions.own(user, pk)
    if not row.is_held:
        raise NotPossible(_("No result was written down"))
    for part in row.parts.exclude(activity=None):
        records.put_away(user, Activity.objects.all(), part.activity_id or 0)
    for each in row.promises.filter(version=1, put_away_at=None):
        records.put_away(user, Promise.objects.all(), each.pk)
    row.promises.clear()
    row.follow_ups.all().delete()
    row.parts.update(**UNTOLD)
    row.people.update(met=False)
    row.people.filter(wanted=False).delete()
    state = VisitState.CONFIRMED if row.was_confirmed else VisitState.PLANNED
    fields = {"state": state.value, "result": "", "was_confirmed": False}
    return records.change(user, Visit.objects.visible_to(user), pk, row.version, fields)
