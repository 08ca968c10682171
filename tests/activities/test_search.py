"""What was written down of visits, calls and notes is found again, by whoever may see the account."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from house import signed_in
from vitalfew.accounts.excerpts import excerpt
from vitalfew.accounts.models import Account
from vitalfew.activities import actions
from vitalfew.activities.questions import INDEX
from vitalfew.activities.searchable import found
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing

pytestmark = [pytest.mark.database, pytest.mark.django_db]
SAID = "旺季前要备两周库存，九月中旬前确认数量。Ask about the Kronos price list."


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def note(house, mine):
    return actions.log(house.user("manager"), mine, {"way": "note", "day": date(2026, 3, 5), "text": SAID})


def numbers(user, text):
    return [int(hit.code) for hit in found(user, text, 8)]


@pytest.mark.parametrize(
    "text", ["备两周库存", "庫存", "kucun", "liangzhoukucun", "lzkc", "kronos", "price", "库存 kronos"]
)
def test_found_by_characters_pinyin_initials_and_words(house, note, text):
    assert numbers(house.user("manager"), text) == [note.pk]


@pytest.mark.parametrize("text", ["没有这句", "onos", "' OR 1", '"', "", "%"])
def test_what_is_not_there_is_not_found(house, note, text):
    assert note.pk not in numbers(house.user("manager"), text)


def test_in_the_search_box_and_the_list_with_the_words_around(house, client, note):
    browser = signed_in(house, client, "manager")

    box = browser.get("/search/", {"q": "备两周库存"}).content.decode()
    listed = browser.get("/activities/", {"q": "lzkc"}).content.decode()

    assert f'data-url="/activities/{note.pk}/"' in box
    assert "2026-03-05 旺季前要备两周库存" in box
    assert f"/activities/{note.pk}/" in listed


def test_only_by_whoever_sees_the_account(house, note):
    theirs = Account.objects.get(code=house.foreign)
    director, manager = house.user("director"), house.user("manager")
    other = actions.log(director, theirs, {"way": "note", "day": date(2026, 3, 6), "text": SAID})

    assert numbers(director, "库存") == [other.pk, note.pk]
    assert numbers(manager, "库存") == [note.pk]


def test_as_it_is_now(house, note):
    manager = house.user("manager")
    actions.change(manager, note.pk, note.version, {"text": "改为十月供货"})

    assert (numbers(manager, "库存"), numbers(manager, "十月供货")) == ([], [note.pk])
    actions.put_away(manager, note.pk)
    assert numbers(manager, "十月供货") == []
    actions.fetch_back(manager, note.pk)
    assert numbers(manager, "十月供货") == [note.pk]


def test_an_erased_person_is_not_found_in_it(house, mine):
    director = house.user("director")
    person = contacts.add(director, mine, {"name": "欧阳芷若"}, {}).person
    actions.log(
        director, mine, {"way": "call", "day": date(2026, 3, 5), "person": person, "text": "欧阳芷若问起返利政策"}
    )
    assert len(numbers(director, "ouyangzhiruo")) == 1

    erasing.erase(director, person, person.version)

    assert numbers(director, "ouyangzhiruo") == numbers(director, "欧阳芷若") == []
    assert len(numbers(director, "返利政策")) == 1


def test_what_was_written_before_the_search_knew_of_it_is_put_in(house, note):
    migration = import_module("vitalfew.activities.migrations.0004_search")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {INDEX.table}")
        migration.create(apps, SimpleNamespace(connection=connection, execute=cursor.execute))

    assert numbers(house.user("manager"), "库存") == [note.pk]


def test_a_few_words_around_what_was_found():
    assert excerpt(f"{'前' * 60}库存{'后' * 60}", "庫存") == f"…{'前' * 16}库存{'后' * 30}…"
    assert excerpt("短句", "没有") == "短句"
