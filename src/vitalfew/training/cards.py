from collections.abc import Mapping
from typing import Any

from vitalfew.contacts.models import Person
from vitalfew.people.models import User
from vitalfew.rooms import OF_A_PERSON, Card
from vitalfew.training import questions
from vitalfew.training.rights import TrainingRight


def trained(user: User, person: Person) -> Mapping[str, Any]:
    """What a person was at, and holds."""
    people = questions.of_person(user, person)
    return {"people": people, "certificates": questions.certificates_of(user, person=person)} if people else {}


CARDS = (Card(OF_A_PERSON, TrainingRight.SEE, "training/person.html", trained),)
