"""The day on which a countermeasure is looked at is set as it becomes the standard."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from vitalfew.complaints.models import Complaint, EffectCheck
from vitalfew.complaints.words import State
from vitalfew.people import records
from vitalfew.people.models import User

DAYS: Final = 60
AFTER: Final = "check_after"
"""Under which the days are said with the step."""


def begin(user: User, complaint: Complaint, said: Mapping[str, str], days: int) -> None:
    """With the step that made it the standard. One that stood for an earlier countermeasure stands no more."""
    drop(user, complaint)
    steps = complaint.steps.filter(what=State.TRIAL, undone=False).order_by("-at", "-pk")
    measure = next((step.given.get("measure", "") for step in steps), "") or said["standard"]
    make(user, complaint, measure, date.fromisoformat(said["since"]), days, complaint.owner or user)


def drop(user: User, complaint: Complaint) -> None:
    """The step is taken back, or done again: what nobody answered is asked no more."""
    for each in EffectCheck.objects.filter(complaint=complaint, found="", put_away_at=None):
        records.put_away(user, EffectCheck.objects.all(), each.pk)


def make(user: User, complaint: Complaint, measure: str, since: date, days: int, owner: User | None) -> None:  # noqa: PLR0917  (of one record)
    due = since + timedelta(days=days)
    records.make(user, EffectCheck(complaint=complaint, measure=measure, since=since, days=days, due=due, owner=owner))
