"""What a record is made of: parts put in, corrected, taken out and brought back, while the record may be changed.

A part is a record itself, with its version and its steps in the audit trail; what is done with one makes the record it
belongs to a newer version, so that nobody approves or overwrites what he has not read.

    PARTS = Parts({"obligation": Obligation, "rule": PriceRule}, "agreement", AgreementRight.WRITE, held)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.rooms import Permission

Part = Any


def fits(_row: Any, _part: Part) -> None:
    """Any parts go together."""


@dataclass(frozen=True)
class Parts:
    """The parts of one kind of record."""

    kinds: Mapping[str, type[Any]]
    """By the word in addresses."""
    whole: str
    """The field in which a part names its record."""
    right: Permission
    held: Callable[[User, int], Any]
    """The record by its number, held until the change is stored; refused where its parts may not be changed now."""
    fit: Callable[[Any, Part], None] = fits
    """Refuses a part that contradicts another."""

    @transaction.atomic
    def put_in(self, user: User, number: int, name: str, fields: Mapping[str, Any]) -> Part:
        row = self.held(user, number)
        return self._settled(user, row, records.make(user, self.kinds[name](**{self.whole: row}, **fields)))

    @transaction.atomic
    def change(self, user: User, name: str, pk: int, version: int, fields: Mapping[str, Any]) -> Part:
        row = self._held(user, self.rows(user, name), pk)
        return self._settled(user, row, records.change(user, self.rows(user, name), pk, version, fields))

    @transaction.atomic
    def take_out(self, user: User, name: str, pk: int) -> Part:
        row, part = self._held(user, self.rows(user, name), pk), records.put_away(user, self.rows(user, name), pk)
        touched(user, row, part)
        return part

    @transaction.atomic
    def bring_back(self, user: User, name: str, pk: int) -> Part:
        rows = self.kinds[name].objects.within_reach_of(user)
        row = self._held(user, rows, pk)
        return self._settled(user, row, records.fetch_back(user, rows, pk))

    def rows(self, user: User, name: str) -> Any:
        return self.kinds[name].objects.visible_to(user)

    def _held(self, user: User, rows: Any, pk: int) -> Any:
        user.must(self.right)
        return self.held(user, getattr(rows.get(pk=pk), f"{self.whole}_id"))

    def _settled(self, user: User, row: Any, part: Part) -> Part:
        self.fit(row, part)
        touched(user, row, part)
        return part


def touched(user: User, row: Any, part: Part) -> None:
    """What a record is made of has changed, and so has the record."""
    records.touch(user, row, str(part._meta.model_name))  # noqa: SLF001  (as Django calls it)
