"""Changes to milestones: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.milestones import questions
from vitalfew.milestones.models import ONE_DAY, PATIENCE, Celebration, Milestone
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.milestones.words import Became
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

FIELDS: Final = ("kind", "title", "day", "lunar", "yearly", "round_only", "lead", "owner", "person", "consent")
OWN: Final = Owned(Milestone, MilestoneRight.KEEP, questions.may_change)
put_away, fetch_back = OWN.put_away, OWN.fetch_back


@transaction.atomic
def note(user: User, account: Account, fields: Mapping[str, Any]) -> Milestone:
    """Write down a day; one that comes once and has just passed can still be answered."""
    user.must(MilestoneRight.KEEP)
    row = Milestone(account=account, **fields)
    _place(row)
    return records.make(user, row)


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Milestone:
    """Correct it; when it comes next is found anew."""
    row = OWN.held(user, pk)
    for name, value in fields.items():
        setattr(row, name, value)
    _place(row)
    latest = row.celebrations.first()
    if latest and row.next_on and row.next_on <= latest.on:
        _apply(row, latest.on)
    found = {**fields, "next_on": row.next_on, "tell_on": row.tell_on}
    return records.change(user, Milestone.objects.visible_to(user), pk, version, found)


@transaction.atomic
def congratulate(user: User, pk: int, version: int, *, sign: str, what: str, done_on: date) -> Milestone:
    """Something was sent or said for the day that comes, or has just come."""
    if done_on > timezone.localdate():
        raise NotPossible(_("This day lies ahead: settle it when it has come"))
    fields = {"became": Became.ANSWERED.value, "sign": sign, "what": what, "done_on": done_on, "who": user}
    return _settled(user, pk, version, fields)


@transaction.atomic
def leave_out(user: User, pk: int, version: int, why: str) -> Milestone:
    """Nothing is sent for it, and why; the next time it is asked for again."""
    fields = {"became": Became.LEFT_OUT.value, "what": why, "done_on": timezone.localdate(), "who": user}
    return _settled(user, pk, version, fields)


@transaction.atomic
def reply(user: User, pk: int, version: int, *, text: str, on: date) -> Milestone:
    """What came back the last time that something was sent."""
    row = OWN.held(user, pk)
    latest = row.celebrations.filter(became=Became.ANSWERED).first()
    if latest is None:
        raise NotPossible(_("Nothing was sent yet, so nothing can have come back"))
    _must_be(row, version)
    latest.reply, latest.replied_on = text, on
    latest.save()
    return records.touch(user, row, "reply")


@transaction.atomic
def take_back(user: User, pk: int) -> Milestone:
    """The last time is open again, as if nothing had been noted of it."""
    row = OWN.held(user, pk)
    latest = row.celebrations.first()
    if latest is None:
        raise NotPossible(_("Nothing is noted that could be taken back"))
    on = latest.on
    latest.delete()
    fields = {"next_on": on, "tell_on": on - ONE_DAY * row.lead}
    return records.change(user, Milestone.objects.visible_to(user), pk, row.version, fields)


def _settled(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Milestone:
    row = OWN.held(user, pk)
    _must_be(row, version)
    if row.next_on is None:
        raise NotPossible(_("This day comes no more"))
    Celebration.objects.create(milestone=row, on=row.next_on, **fields)
    came = row.comes(row.next_on)
    return records.change(user, Milestone.objects.visible_to(user), pk, version, came)


def _must_be(row: Milestone, version: int) -> None:
    if row.version != version:
        raise records.Stale(row)


def _place(row: Milestone) -> None:
    """When it comes next: what comes once and passed lately is asked for still."""
    today = timezone.localdate()
    _apply(row, today - (ONE_DAY if row.yearly else PATIENCE))


def _apply(row: Milestone, after: date) -> None:
    found = row.comes(after)
    row.next_on, row.tell_on = found["next_on"], found["tell_on"]
