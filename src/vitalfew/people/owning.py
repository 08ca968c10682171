"""Records that not everybody with the right may change: theirs who made them, theirs whose account it is, as a room says.

OWN = Owned(Promise, PromiseRight.MAKE, questions.may_change)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction

from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Record
from vitalfew.rooms import Permission

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Owned(Generic[R]):
    """One kind of such records."""

    kind: type[R]
    right: Permission
    may_change: Callable[[User, R], bool]
    with_it: tuple[str, ...] = ("account",)
    """What is read along with one."""

    def held(self, user: User, pk: int) -> R:
        """The user's own, held until the change is stored."""
        return self._own(user, self._kept.visible_to(user), pk)

    @transaction.atomic
    def put_away(self, user: User, pk: int) -> R:
        self.held(user, pk)
        row: R = records.put_away(user, self._kept.visible_to(user), pk)
        return row

    @transaction.atomic
    def fetch_back(self, user: User, pk: int) -> R:
        seen = self._kept.within_reach_of(user)
        self._own(user, seen, pk)
        row: R = records.fetch_back(user, seen, pk)
        return row

    @property
    def _kept(self) -> Any:
        return self.kind._default_manager  # noqa: SLF001  (as Django calls it)

    def _own(self, user: User, rows: Any, pk: int) -> R:
        user.must(self.right)
        row: R = rows.select_for_update(of=("self",)).select_related(*self.with_it).get(pk=pk)
        if not self.may_change(user, row):
            raise Forbidden
        return row
