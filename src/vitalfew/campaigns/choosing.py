"""Which accounts a draft is for: put in, taken out."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.campaigns.actions import drafted
from vitalfew.campaigns.models import Campaign, Target
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

MOST: Final = 5000


@transaction.atomic
def add_accounts(user: User, pk: int, accounts: Iterable[Account]) -> Campaign:
    """Those not in it yet."""
    row = drafted(user, pk)
    there = set(row.targets.values_list("account", flat=True))
    new = [each for each in accounts if each.pk not in there]
    if not new:
        raise NotPossible(_("Nobody is new: these accounts are chosen already, or none was named"))
    if len(there) + len(new) > MOST:
        raise NotPossible(_("A campaign has five thousand accounts at most"))
    Target.objects.bulk_create(Target(of=row, account=each) for each in new)
    return records.touch(user, row, "accounts")


@transaction.atomic
def take_out(user: User, pk: int, target: int) -> Campaign:
    """One of them out of a draft again."""
    row = drafted(user, pk)
    deleted, _kinds = Target.objects.visible_to(user).filter(of=row, pk=target).delete()
    if not deleted:
        raise Target.DoesNotExist
    return records.touch(user, row, "accounts")


@transaction.atomic
def take_all_out(user: User, pk: int) -> Campaign:
    row = drafted(user, pk)
    row.targets.all().delete()
    return records.touch(user, row, "accounts")
