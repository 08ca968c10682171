"""How a complaint is stored with its clock, and a step of it noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from vitalfew.complaints.deadlines import NAMES, timed
from vitalfew.complaints.models import Complaint, Step
from vitalfew.complaints.procedure import reached
from vitalfew.complaints.words import State
from vitalfew.people import records
from vitalfew.people.models import User

OF_CLOCK: Final = (*(f"due_{name}" for name in NAMES), "due_at", "due_what")


@dataclass(frozen=True)
class Customer:
    """Who writes from outside, as the trail calls him."""

    username: str = "customer"

    def __str__(self) -> str:
        return ""


CUSTOMER: Final = Customer()
Who = User | Customer


def changed(who: Who, row: Complaint, version: int | None = None, **fields: Any) -> Complaint:
    """Its fields, and what follows from them for its clock."""
    for name, value in fields.items():
        setattr(row, name, value)
    told = [*fields]
    if row.is_ours:
        timed(row)
        told += OF_CLOCK
    kept = {name: getattr(row, name) for name in told}
    return records.change(who, Complaint.objects.all(), row.pk, version or row.version, kept)  # type: ignore[arg-type]  # it needs a name alone


def noted(who: Who, row: Complaint, what: str, why: str = "", given: Mapping[str, Any] | None = None) -> Step:
    return Step.objects.create(
        complaint=row, what=str(what), who=who.username, name=str(who), why=why, given=dict(given or {})
    )


def done(row: Complaint) -> set[str]:
    """The steps that were done, and need not be done again."""
    known = {each.value for each in State}
    return {step.what for step in row.steps.all() if not step.undone and step.what in known}


def state_now(row: Complaint, procedure: str) -> str:
    return reached(procedure, done(row)).value
