"""Changes to preferences: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.preferences import questions
from vitalfew.preferences.models import Preference
from vitalfew.preferences.rights import PreferenceRight

FIELDS: Final = ("works", "area", "text", "evidence", "seen_on", "person")


@transaction.atomic
def write(user: User, account: Account, fields: Mapping[str, Any]) -> Preference:
    user.must(PreferenceRight.WRITE)
    return records.make(user, Preference(account=account, **fields))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Preference:
    """Correct it, unless somebody saved since ``version``."""
    _own(user, pk)
    return records.change(user, Preference.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def confirm(user: User, pk: int) -> Preference:
    """It was seen again today."""
    row = _own(user, pk)
    return records.change(user, Preference.objects.visible_to(user), pk, row.version, {"seen_on": timezone.localdate()})


@transaction.atomic
def put_away(user: User, pk: int) -> Preference:
    _own(user, pk)
    return records.put_away(user, Preference.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Preference:
    user.must(PreferenceRight.WRITE)
    seen = Preference.objects.within_reach_of(user)
    if not questions.may_change(user, seen.select_related("account").get(pk=pk)):
        raise Forbidden
    return records.fetch_back(user, seen, pk)


def _own(user: User, pk: int) -> Preference:
    user.must(PreferenceRight.WRITE)
    row = Preference.objects.visible_to(user).select_related("account").get(pk=pk)
    if not questions.may_change(user, row):
        raise Forbidden
    return row
