"""What can be handed out: each room's kinds, found by looking."""

from functools import cache

from vitalfew.people.models import User
from vitalfew.rooms import Report, declared


@cache
def kinds() -> dict[str, Report]:
    return {each.value: each for room in declared("reports") for each in room.REPORTS}


def open_to(user: User) -> dict[str, Report]:
    """Those whose figures the user may see."""
    return {name: each for name, each in kinds().items() if user.may(each.right)}
