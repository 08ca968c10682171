"""The checks that a template is made of; a change after a journey has begun makes a new edition."""

from typing import Any, Final

from django.db import transaction

from vitalfew.journeys.models import Checkpoint, Journey, JourneyTemplate
from vitalfew.journeys.rights import JourneyRight
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.parts import Parts
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _


def held(user: User, pk: int) -> JourneyTemplate:
    """Held until the change is stored; journeys that run keep what they began with."""
    row: JourneyTemplate = JourneyTemplate.objects.visible_to(user).select_for_update().get(pk=pk)
    if Journey.objects.filter(template=row, edition=row.edition).exists():
        row.edition += 1
        row.save(update_fields=["edition"])
    return row


PARTS: Final = Parts({"check": Checkpoint}, "template", JourneyRight.DEFINE, held)


@transaction.atomic
def define(user: User, fields: dict[str, Any]) -> JourneyTemplate:
    user.must(JourneyRight.DEFINE)
    made: JourneyTemplate = records.make(user, JourneyTemplate(**fields))
    return made


@transaction.atomic
def change(user: User, pk: int, version: int, fields: dict[str, Any]) -> JourneyTemplate:
    user.must(JourneyRight.DEFINE)
    row: JourneyTemplate = records.change(user, JourneyTemplate.objects.visible_to(user), pk, version, fields)
    return row


@transaction.atomic
def put_away(user: User, pk: int) -> JourneyTemplate:
    """Journeys that run go on by what they began with."""
    user.must(JourneyRight.DEFINE)
    row: JourneyTemplate = records.put_away(user, JourneyTemplate.objects.visible_to(user), pk)
    return row


@transaction.atomic
def fetch_back(user: User, pk: int) -> JourneyTemplate:
    user.must(JourneyRight.DEFINE)
    row: JourneyTemplate = records.fetch_back(user, JourneyTemplate.objects.within_reach_of(user), pk)
    return row


@transaction.atomic
def copy(user: User, pk: int) -> JourneyTemplate:
    """Another that begins with the same checks."""
    user.must(JourneyRight.DEFINE)
    row: JourneyTemplate = JourneyTemplate.objects.visible_to(user).get(pk=pk)
    made = records.make(user, JourneyTemplate(name=row.name, about=row.about))
    for each in row.checkpoints.filter(put_away_at=None):
        records.make(user, Checkpoint(template=made, **asked(each)))
    return made


ASKED: Final = ("stage", "place", "title", "how", "function", "after", "days", "months", "must", "evidence")


def asked(row: Any) -> dict[str, Any]:
    """What a check asks for."""
    return {name: getattr(row, name) for name in ASKED}


def usable(row: JourneyTemplate) -> list[Checkpoint]:
    """Its checks; refused where it has none."""
    found = list(row.checkpoints.filter(put_away_at=None))
    if not found:
        raise NotPossible(_("This template has no checks yet: whoever defines it adds some first"))
    return found
