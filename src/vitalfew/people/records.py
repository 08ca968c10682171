"""Records that people edit: who made and changed them, in which version, and whether they are put away.

A change names the version it was made from; where somebody else saved meanwhile it is refused as :class:`Stale`, with the
record as it is now, so that both can be compared. What is no longer wanted is put away and can be fetched back. Every step
stands in the audit trail; of records about persons only the names of the fields, so that a person can be forgotten.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.db import models, transaction
from django.utils import timezone

from vitalfew.people import audit
from vitalfew.people.models import User

R = TypeVar("R", bound="Record")


class Record(models.Model):
    """A versioned record of a room."""

    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.CharField(max_length=150, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.CharField(max_length=150, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    put_away_at = models.DateTimeField(null=True, editable=False)

    OF_A_PERSON: ClassVar = False
    """Whether its values tell of a person, and stay out of the audit trail."""

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        """Its name in the audit trail."""
        return f"{self._meta.model_name}:{self.pk}"

    @property
    def author(self) -> str:
        """Who made it, by name; nobody where it came from outside or from the house itself."""
        return str(User.objects.filter(username=self.made_by).first() or "")

    def noted(self, who: object, step: str, changes: Mapping[str, Any]) -> None:
        """Write a step into the audit trail."""
        told = {"fields": sorted(changes)} if self.OF_A_PERSON and changes else changes
        audit.record(who, f"{self._meta.model_name}-{step}", self.subject, told)

    def filled(self) -> dict[str, list[Any]]:
        """What people have set, as a change from nothing."""
        values = {each.attname: getattr(self, each.attname) for each in self._meta.concrete_fields if each.editable}
        return {name: [None, value] for name, value in values.items() if value not in (None, "")}


class NotPossible(ValueError):
    """Why this can't be done with a record as it stands: a marked text, said to who tried."""


class Stale(RuntimeError):
    """Somebody else saved the record meanwhile."""

    def __init__(self, current: Record) -> None:
        super().__init__(current.subject)
        self.current = current


@transaction.atomic
def make(user: User, record: R) -> R:
    """Store a new record."""
    record.made_by = record.changed_by = user.username
    record.save()
    record.noted(user, "add", record.filled())
    return record


@transaction.atomic
def change(user: User, found: models.QuerySet[R], pk: int, version: int, fields: Mapping[str, Any]) -> R:
    """Store what was edited, unless somebody saved since ``version``. ``found`` are the records the user may see."""
    record = found.select_for_update(of=("self",)).get(pk=pk)
    if record.version != version:
        raise Stale(record)
    before = {name: getattr(record, name) for name in fields}
    if changes := audit.changed(before, fields):
        for name, value in fields.items():
            setattr(record, name, value)
        _saved(user, record)
        record.noted(user, "change", changes)
    return record


@transaction.atomic
def touch(user: User, record: R, *parts: str) -> R:
    """What belongs to the record was changed: it is a newer version of itself, as it is now."""
    type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)  # noqa: SLF001  (as Django calls it)
    record.refresh_from_db()
    _saved(user, record)
    record.noted(user, "change", dict.fromkeys(parts))
    return record


@transaction.atomic
def put_away(user: User, found: models.QuerySet[R], pk: int) -> R:
    """Out of the lists; it can be fetched back."""
    return _kept(user, found, pk, "put-away", timezone.now())


@transaction.atomic
def fetch_back(user: User, found: models.QuerySet[R], pk: int) -> R:
    """Into the lists again."""
    return _kept(user, found, pk, "fetch-back", None)


def _kept(user: User, found: models.QuerySet[R], pk: int, step: str, at: Any) -> R:
    record = found.select_for_update(of=("self",)).get(pk=pk)
    if (record.put_away_at is None) != (at is None):
        record.put_away_at = at
        _saved(user, record)
        record.noted(user, step, {})
    return record


def _saved(user: User, record: Record) -> None:
    record.version += 1
    record.changed_by = user.username
    record.save()
