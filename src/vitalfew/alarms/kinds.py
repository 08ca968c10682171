"""The kinds of alarms, as the rooms declare them."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from vitalfew.rooms import Alarming, declared
from vitalfew.terms import Term


@cache
def kinds() -> Mapping[str, Alarming]:
    """All of them, by the code that is stored."""
    return {kind.value: kind for room in declared("alarming") for kind in room.ALARMING}


@cache
def words() -> type[Term]:
    """The kinds as words of a list."""
    make = cast("Any", Term)
    return cast("type[Term]", make("Kind", {kind.value: (kind.value, kind.label) for kind in kinds().values()}))
