"""What people of ours may know of who visits the portal. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Absence, Account, AccountFile
from vitalfew.contacts import questions as contacts
from vitalfew.contacts.models import Person, Post
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.portal.models import Access, AccessQuerySet
from vitalfew.portal.rights import PortalRight

SHOWN: Final = 100


def accesses(user: User) -> AccessQuerySet:
    return Access.objects.visible_to(user).told()


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those of whose person or account the text tells: name, pinyin, initials, e-mail; the account's name or code."""
    ids = contacts.INDEX.matching(text)
    of_person = Q(person_id__in=ids) if ids is not None else Q(pk=None)
    return rows.filter(of_person | Q(account__name__icontains=text) | Q(account__code__iexact=text))


def of_person(user: User, person: Person) -> list[Access]:
    return list(accesses(user).filter(person=person)[:SHOWN])


def of_account(user: User, account: Account) -> list[Access]:
    return list(accesses(user).filter(account=account)[:SHOWN])


def may_give(user: User, account: Account) -> bool:
    """Heads, and who manages the account or stands in for who does."""
    if not user.may(PortalRight.GIVE):
        return False
    if user.role in HEADS or account.manager_id == user.pk:
        return True
    return Absence.objects.on(timezone.localdate()).filter(deputy=user, user=account.manager_id).exists()


def posts_without(user: User, account: Account) -> list[Post]:
    """The people of an account that have no access to it."""
    today = timezone.localdate()
    there = Access.objects.filter(account=account, ended_on=None, put_away_at=None).opening(today).values("person")
    rows = Post.objects.visible_to(user).held().filter(account=account).exclude(person__in=there)
    return list(rows.select_related("person").order_by("person__name")[:SHOWN])


def files(user: User, account: Account) -> list[AccountFile]:
    """The files of an account, with whether each is shared."""
    rows = AccountFile.objects.filter(account__in=Account.objects.visible_to(user), account=account)
    return list(rows.select_related("shared")[:SHOWN])
