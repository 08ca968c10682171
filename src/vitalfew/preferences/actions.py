"""Changes to preferences: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.preferences import questions
from vitalfew.preferences.models import Preference
from vitalfew.preferences.rights import PreferenceRight

FIELDS: Final = ("works", "area", "text", "evidence", "seen_on", "person")
OWN: Final = Owned(Preference, PreferenceRight.WRITE, questions.may_change)
put_away, fetch_back = OWN.put_away, OWN.fetch_back


@transaction.atomic
def write(user: User, account: Account, fields: Mapping[str, Any]) -> Preference:
    user.must(PreferenceRight.WRITE)
    return records.make(user, Preference(account=account, **fields))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Preference:
    """Correct it, unless somebody saved since ``version``."""
    OWN.held(user, pk)
    return records.change(user, Preference.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def confirm(user: User, pk: int) -> Preference:
    """It was seen again today."""
    row = OWN.held(user, pk)
    return records.change(user, Preference.objects.visible_to(user), pk, row.version, {"seen_on": timezone.localdate()})
