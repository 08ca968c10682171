"""A room is a folder that the house finds: what it declares stands in the menu, on Today, in the timeline and the search."""

from datetime import date
from types import ModuleType, SimpleNamespace

import pytest

from vitalfew import rooms
from vitalfew.accounts import parts
from vitalfew.language import Message
from vitalfew.people.permissions import STAFF, Right
from vitalfew.rooms import Card, Entry, Hit, Permission, Tab, Task, Touch


class MadeUp(Permission):
    GARDEN = "garden", "Walk in the garden", STAFF


def module(**names):
    made = ModuleType("made_up")
    vars(made).update(names)
    return made


@pytest.fixture
def garden(monkeypatch):
    """A room that declares one of everything, beside the rooms that are there."""
    declarations = {
        "rights": module(RIGHTS=MadeUp),
        "menu": module(ENTRIES=(Entry("Garden", "today", "today", MadeUp.GARDEN, 1),)),
        "worklist": module(waiting=lambda _user: [Task("Water", Message("It is dry"), "Go", "/garden/", priority=1e9)]),
        "touches": module(touches=lambda _user, _account: [Touch(date(2999, 1, 1), "walk", Message("A walk"))]),
        "searchable": module(found=lambda _user, text, _most: [Hit("tree", text, "An oak", "", "/garden/oak/")]),
        "tabs": module(TABS=(Tab("garden", "Garden", MadeUp.GARDEN, 1, "accounts/tabs/files.html"),)),
        "cards": module(CARDS=(Card("overview", MadeUp.GARDEN, "outlets/nothing.html", lambda _u, _a: {"n": 1}),)),
    }
    real = rooms.declared

    def declared(part):
        yield from real(part)
        yield from [declarations[part]] if part in declarations else []

    for place in ("accounts.parts", "outlets.frame", "outlets.today", "outlets.search", "people.permissions"):
        monkeypatch.setattr(f"vitalfew.{place}.declared", declared)
    caches = _caches()
    for each in caches:
        each.cache_clear()
    yield
    for each in caches:
        each.cache_clear()


def _caches():
    from vitalfew.outlets import frame
    from vitalfew.people import permissions

    return parts.tabs, parts.cards, frame.entries, permissions.table


@pytest.mark.usefixtures("garden")
def test_a_new_room_is_found_everywhere(house, db):  # noqa: ARG001  (inside the test's transaction)
    from vitalfew.accounts.models import Account
    from vitalfew.outlets.frame import entries
    from vitalfew.outlets.search import hits
    from vitalfew.outlets.today import tasks_for
    from vitalfew.people.permissions import table

    user, account = house.user("director"), Account.objects.get(code=house.mine)

    assert MadeUp.GARDEN in table()
    assert entries()[0].label == "Garden"
    assert tasks_for(user)[0].what == "Water"
    assert parts.timeline(user, account)[0].kind == "walk"
    assert [hit.kind for hit in hits(user, "oak", 5)][-1] == "tree"
    assert parts.tabs_for(user)[0].name == "garden"
    assert [card.tab for card in parts.cards_for(user, SimpleNamespace(name="overview"))][-1] == "overview"


@pytest.mark.usefixtures("garden")
def test_what_a_room_adds_is_shown_to_whom_it_allows(house):
    user = house.user("director")
    user.role = "portal"

    assert parts.tabs_for(user) == []
    assert parts.cards_for(user, SimpleNamespace(name="overview")) == []


@pytest.mark.parametrize(("part", "name"), rooms.PARTS.items())
def test_rooms_hand_over_what_the_house_asks_for(part, name):
    found = list(rooms.declared(part))

    assert found
    assert all(hasattr(each, name) for each in found)


def test_every_package_with_an_application_is_found():
    assert {"vitalfew.accounts", "vitalfew.reviews", "vitalfew.people"} <= set(rooms.packages())


def test_a_menu_has_one_entry_a_place():
    from vitalfew.outlets.frame import entries

    places = [entry.place for entry in entries()]
    assert places == sorted(set(places))
    assert all(isinstance(entry.right, Permission) and entry.right is not Right.OPEN for entry in entries())
