"""The firm's own playbook: a cause's standard plays taken over, changed, and given up again."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext

from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.rescues.models import Play
from vitalfew.rescues.playbook import STANDARD
from vitalfew.rescues.rights import RescueRight
from vitalfew.terms import gettext_noop as _

FIELDS: Final = ("title", "function", "days")


@transaction.atomic
def take_over(user: User, cause: str) -> list[Play]:
    """The standard plays become the firm's own, in the language of who takes them over."""
    user.must(RescueRight.PLAYBOOK)
    if _own(cause).exists():
        raise NotPossible(_("The firm has plays of its own against this cause already"))
    return [
        records.make(user, Play(cause=cause, title=gettext(each.title), function=each.function, days=each.days))
        for each in STANDARD[cause]
    ]


@transaction.atomic
def give_up(user: User, cause: str) -> int:
    """The standard plays hold again; plans that run keep their steps."""
    user.must(RescueRight.PLAYBOOK)
    rows = list(_own(cause))
    for row in rows:
        records.put_away(user, Play.objects.visible_to(user), row.pk)
    return len(rows)


@transaction.atomic
def add(user: User, cause: str, fields: Mapping[str, Any]) -> Play:
    """One more of the firm's own."""
    user.must(RescueRight.PLAYBOOK)
    return records.make(user, Play(cause=cause, **fields))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Play:
    user.must(RescueRight.PLAYBOOK)
    return records.change(user, Play.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def put_away(user: User, pk: int) -> Play:
    user.must(RescueRight.PLAYBOOK)
    return records.put_away(user, Play.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Play:
    user.must(RescueRight.PLAYBOOK)
    return records.fetch_back(user, Play.objects.within_reach_of(user), pk)


def _own(cause: str) -> Any:
    return Play.objects.filter(cause=cause, put_away_at=None)
