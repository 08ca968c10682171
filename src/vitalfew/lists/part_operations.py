"""What a record is made of, over the API: as the pages do it, by the same forms."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from ninja import Schema

from vitalfew.api.problems import not_found
from vitalfew.lists.operations import checked
from vitalfew.people.models import User
from vitalfew.people.parts import Part, Parts


@dataclass(frozen=True)
class PartOperations:
    """What is common to the operations of a record's parts."""

    parts: Parts
    forms: Mapping[str, Callable[..., BaseForm]]
    """Of the user, the record and what was sent."""
    known: Callable[[str, Part], Mapping[str, Any]]
    """A part as its form takes it."""

    def put_in(self, user: User, row: Any, name: str, sent: Schema) -> None:
        form = self.forms[name](user, row, sent.dict(exclude_none=True))
        self.parts.put_in(user, row.pk, name, checked(form, _names(form)))

    def change(self, user: User, row: Any, name: str, number: int, sent: Schema) -> None:
        """Fields not sent stay."""
        part = self.found(user, row, name, number)
        given = {**self.known(name, part), **sent.dict(exclude_unset=True)}
        form = self.forms[name](user, row, given, instance=copy(part))
        self.parts.change(user, name, number, part.version, checked(form, _names(form)))

    def take_out(self, user: User, row: Any, name: str, number: int) -> None:
        self.parts.take_out(user, name, self.found(user, row, name, number).pk)

    def found(self, user: User, row: Any, name: str, number: int) -> Part:
        rows = self.parts.rows(user, name) if name in self.parts.kinds else None
        part = rows.filter(pk=number, **{self.parts.whole: row}).first() if rows is not None else None
        if part is None:
            raise not_found()
        return part


def _names(form: BaseForm) -> tuple[str, ...]:
    return tuple(name for name in form.fields if name != "version")
