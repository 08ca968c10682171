"""What all rooms bring to the account's page and list: tabs, cards, the timeline, and what is done with many at once."""

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.rooms import Card, Entry, Tab, Touch, TouchKind, declared

MOST: Final = 100


def timeline(user: User, account: Account) -> list[Touch]:
    """What the user may know of it, latest first."""
    return all_touches(user, account)[:MOST]


def all_touches(user: User, account: Account) -> list[Touch]:
    touches = [touch for room in declared("touches") for touch in room.touches(user, account)]
    return sorted(touches, key=lambda touch: touch.day, reverse=True)


def told(user: User, account: Account, kind: str) -> dict[str, Any]:
    """The timeline as the page shows it: of one kind where one is chosen, and the kinds there are."""
    touches = all_touches(user, account)
    found = {touch.kind for touch in touches}
    kinds = [each for each in TouchKind if each.value in found]
    chosen = [touch for touch in touches if touch.kind == kind] if kind in found else touches
    return {"touches": chosen[:MOST], "kinds": kinds, "kind": kind if kind in found else ""}


def done_since(codes: Collection[str], day: date) -> dict[tuple[str, str], date]:
    """Which proposed actions were taken after that day, as all rooms know it: account and action, and when last."""
    found: dict[tuple[str, str], date] = {}
    for room in declared("since"):
        for what, on in room.done(codes, day).items():
            found[what] = max(on, found.get(what, on))
    return found


def refused(codes: Collection[str], day: date) -> set[tuple[str, str]]:
    """Which proposed actions were declined, and are not to be proposed again on that day: account and action."""
    return {what for room in declared("advised") for what in room.refused(codes, day)}


def answer_at(user: User, code: str, action: str) -> str:
    """Where the user accepts or declines a proposed action; empty where nobody asks him."""
    return next((url for room in declared("advised") if (url := room.answer_at(user, code, action))), "")


@cache
def tabs() -> tuple[Tab, ...]:
    """All tabs, in their order."""
    found = [tab for room in declared("tabs") for tab in room.TABS]
    return tuple(sorted(found, key=lambda tab: tab.place))


def tabs_for(user: User) -> list[Tab]:
    return [tab for tab in tabs() if user.may(tab.right)]


@cache
def cards() -> tuple[Card, ...]:
    """What the rooms add to tabs that are not theirs."""
    return tuple(card for room in declared("cards") for card in room.CARDS)


def cards_for(user: User, tab: Tab) -> list[Card]:
    return [card for card in cards() if card.tab == tab.name and user.may(card.right)]


@cache
def bulk() -> tuple[Entry, ...]:
    """What can be done with accounts that are selected in the list."""
    found = [entry for room in declared("bulk") for entry in room.BULK]
    return tuple(sorted(found, key=lambda entry: entry.place))


def bulk_for(user: User) -> list[Entry]:
    return [entry for entry in bulk() if user.may(entry.right)]
