"""Changes to activities: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.actions import keep_file
from vitalfew.accounts.models import Account
from vitalfew.activities import questions
from vitalfew.activities.models import Activity, Present
from vitalfew.activities.rights import ActivityRight
from vitalfew.contacts.models import Person
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden

FIELDS: Final = ("way", "day", "person", "text", "pinned")


@dataclass(frozen=True)
class There:
    """Who was there: of ours, who led and who went along; of the customer's, beyond the one it is told of."""

    who: User | None
    colleagues: Iterable[User] = ()
    people: Iterable[Person] = ()


class NotYet(ValueError):
    """What lies ahead was not done."""


@transaction.atomic
def log(
    user: User, account: Account, fields: Mapping[str, Any], file: tuple[str, bytes] | None = None, key: str = ""
) -> Activity:
    """Write down what was done, or a note, with a file that belongs to it; once, however often it is sent under its key."""
    user.must(ActivityRight.LOG)
    if key and (known := Activity.objects.filter(who=user, key=key).first()):
        return known
    _past(fields["day"])
    made = records.make(user, Activity(account=account, who=user, key=key, **fields))
    if file:
        made.files.add(keep_file(user, account, settings.HOME, *file))
    return made


@transaction.atomic
def mirror(user: User, made: Activity | None, account: Account, fields: Mapping[str, Any], there: There) -> Activity:
    """The touch that another record tells of, as that record tells it now, whoever of ours writes it down there."""
    _past(fields["day"])
    rows = Activity.objects.all()
    if made is None:
        made = records.make(user, Activity(account=account, who=there.who, **fields))
    else:
        made = records.fetch_back(user, rows, made.pk)
        made = records.change(user, rows, made.pk, made.version, {**fields, "who": there.who})
    _present(made, there)
    return made


def _present(made: Activity, there: There) -> None:
    asked: set[tuple[int | None, int | None]]
    asked = {(each.pk, None) for each in there.people if each.pk != made.person_id}
    asked |= {(None, each.pk) for each in there.colleagues if each.pk != made.who_id}
    for row in made.present.all():
        if (row.person_id, row.user_id) in asked:
            asked.remove((row.person_id, row.user_id))
        else:
            row.delete()
    for person, colleague in sorted(asked, key=str):
        Present.objects.create(activity=made, person_id=person, user_id=colleague)


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Activity:
    """Correct it, unless somebody saved since ``version``."""
    _own(user, pk)
    if "day" in fields:
        _past(fields["day"])
    return records.change(user, Activity.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def put_away(user: User, pk: int) -> Activity:
    _own(user, pk)
    return records.put_away(user, Activity.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Activity:
    seen = Activity.objects.filter(account__in=Account.objects.visible_to(user))
    if not questions.may_change(user, seen.get(pk=pk)):
        raise Forbidden
    return records.fetch_back(user, seen, pk)


def _own(user: User, pk: int) -> None:
    user.must(ActivityRight.LOG)
    if not questions.may_change(user, Activity.objects.visible_to(user).get(pk=pk)):
        raise Forbidden


def _past(day: date) -> None:
    if day > timezone.localdate():
        raise NotYet
