"""What can be commented on: rooms declare it in their files ``commented``, and are asked for many at once."""

from collections.abc import Iterable, Mapping
from types import ModuleType

from vitalfew.people.models import User
from vitalfew.rooms import Spot, declared


def spot(user: User, kind: str, number: int) -> Spot | None:
    """The record, if there is one that the user may see."""
    return spots(user, [(kind, number)]).get((kind, number))


def spots(user: User, wanted: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Spot]:
    """Those that the user may see, one question a kind."""
    asked: dict[str, set[int]] = {}
    for kind, number in wanted:
        asked.setdefault(kind, set()).add(number)
    rooms = _rooms()
    return {
        (kind, number): found
        for kind, numbers in asked.items()
        if kind in rooms
        for number, found in rooms[kind].spots(user, numbers).items()
    }


def _rooms() -> dict[str, ModuleType]:
    return {room.KIND: room for room in declared("commented")}
