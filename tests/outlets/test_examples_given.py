"""What the demo house begins with reaches the facts: the refresh after it is as good as the first."""

import pytest

from vitalfew.imports.models import Import
from vitalfew.imports.work import give_facts
from vitalfew.people.models import User
from vitalfew.rooms import declared

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_every_example_of_every_room_is_taken_into_the_facts(own_facts):
    User.objects.filter(username="administrator").update(username="admin")
    for room in declared("examples"):
        room.plant()

    give_facts(own_facts.home)

    given = Import.objects.filter(file__startswith="vitalfew:")
    assert {row.file.partition(":")[2] for row in given} >= {"complaints", "knowledge-events", "surveys"}
    assert {row.state for row in given} == {"done"}
    assert [each for room in declared("facts") for each in room.facts()] == []
