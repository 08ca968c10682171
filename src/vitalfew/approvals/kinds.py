"""The kinds of things that are approved, as the rooms declare them."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from vitalfew.rooms import Approvable, declared
from vitalfew.terms import Term


@cache
def kinds() -> Mapping[str, Approvable]:
    """All of them, by the code that is stored."""
    return {kind.value: kind for room in declared("approvable") for kind in room.KINDS}


@cache
def with_amounts() -> tuple[Approvable, ...]:
    """Those for which limits are set."""
    return tuple(kind for kind in kinds().values() if kind.money)


@cache
def words() -> type[Term]:
    """The kinds as words of a list."""
    make = cast("Any", Term)
    return cast("type[Term]", make("Kind", {kind.value: (kind.value, kind.label) for kind in kinds().values()}))
