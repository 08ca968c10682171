"""Changes of what the map is made of: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.contacts.models import Person
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS, Forbidden
from vitalfew.people.records import Stale
from vitalfew.stakeholders import questions
from vitalfew.stakeholders.models import Acquaintance
from vitalfew.stakeholders.rights import StakeholderRight

SAID: Final = ("closeness", "note")


@transaction.atomic
def state(user: User, person: Person, version: int, fields: Mapping[str, Any]) -> Acquaintance:
    """Say how well one knows a person; said again it is dated today. Version 0: nothing was said before."""
    user.must(StakeholderRight.STATE)
    said = questions.own(user, person)
    today = timezone.localdate()
    if said is None:
        return records.make(user, Acquaintance(person=person, user=user, stated_on=today, **fields))
    if said.version != version:
        raise Stale(said)
    return records.change(
        user, Acquaintance.objects.filter(user=user), said.pk, version, {**fields, "stated_on": today}
    )


@transaction.atomic
def put_away(user: User, pk: int) -> Acquaintance:
    """Say no more of it; heads of the department may take away anybody's."""
    seen = Acquaintance.objects.visible_to(user)
    _may(user, seen.get(pk=pk))
    return records.put_away(user, seen, pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Acquaintance:
    """As it was said, unless something else was said meanwhile."""
    seen = Acquaintance.objects.filter(person__in=Person.objects.visible_to(user))
    row = seen.get(pk=pk)
    _may(user, row)
    if row.put_away_at and (other := questions.own(row.user, row.person)):
        return other
    return records.fetch_back(user, seen, pk)


def _may(user: User, row: Acquaintance) -> None:
    user.must(StakeholderRight.STATE)
    if row.user_id != user.pk and user.role not in HEADS:
        raise Forbidden(StakeholderRight.STATE.value)
