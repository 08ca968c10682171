"""What all rooms show in the portal."""

from functools import cache

from vitalfew.rooms import PortalPart, declared


@cache
def parts() -> tuple[PortalPart, ...]:
    """All of it, in the order of the menu."""
    found = [part for room in declared("portal") for part in room.PARTS]
    return tuple(sorted(found, key=lambda part: part.place))


def named(name: str) -> PortalPart | None:
    return next((part for part in parts() if part.name == name), None)
