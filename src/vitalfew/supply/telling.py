"""That goods are kept for an account is told to its people, by letter and with the reason; the portal shows the same.

Written to are those who visit the portal for the account, else its buyers, else whoever there has an address. An account is told
once of what is reserved; accounts where nobody has an address are named, so that somebody calls them.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Min, Sum
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, Post
from vitalfew.contacts.words import Part
from vitalfew.language import Count, Day, Message, spoken
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.words import Kind
from vitalfew.outbox.writing import Letter, to, write
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.portal.models import Access
from vitalfew.supply.granting import own
from vitalfew.supply.models import Allotment, Stocked
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

REASON: Final = _(
    "Some goods are short at present, and we share them out: what contracts promise comes first, then a part of what every "
    "customer needs, then the rest."
)
LINE: Final = _("{product}: {n}, from {day} on")


@transaction.atomic
def tell(user: User, pk: int) -> Allotment:
    """Everybody who was not told yet."""
    row = own(user, pk)
    if not row.is_reserved:
        raise NotPossible(_("Nothing is reserved by it"))
    goods, told = kept(row), told_already(row)
    readers = readers_of([code for code in goods if code not in told])
    if not readers:
        raise NotPossible(_("Nobody is left who can be told by letter"))
    for account, people in readers.items():
        for person in people:
            write(_letter(row, account, person, goods[account.pk]), user)
    row.noted(user, "tell", {"accounts": sorted(account.code for account in readers)})
    return row


def kept(row: Allotment) -> Mapping[int, list[tuple[str, Decimal, Any]]]:
    """By account: products, how much is still kept of each, and from when."""
    rows = row.reservations.filter(ended_on=None).order_by("account", "product")
    found: dict[int, list[tuple[str, Decimal, Any]]] = {}
    sums = rows.values_list("account", "product").annotate(left=Sum(F("quantity") - F("taken")), first=Min("week"))
    for account, product, left, first in sums:
        found.setdefault(account, []).append((product, left, first))
    return found


def told_already(row: Allotment) -> set[int]:
    return set(OutgoingMail.objects.filter(about=row.subject).values_list("account", flat=True))


def untold(row: Allotment) -> list[Account]:
    """Those of whom nobody was written to."""
    left = set(kept(row)) - told_already(row)
    return list(Account.objects.filter(pk__in=left).order_by("name"))


def readers_of(accounts: list[int]) -> dict[Account, list[Person]]:
    posts = (
        Post.objects.held().filter(account__in=accounts).exclude(person__email="").select_related("person", "account")
    )
    visit = set(
        Access.objects.opening(timezone.localdate()).filter(account__in=accounts).values_list("account", "person")
    )
    by: dict[Account, list[Post]] = {}
    for post in posts.order_by("account", "pk"):
        by.setdefault(post.account, []).append(post)
    return {account: _chosen(each, visit) for account, each in by.items()}


def _chosen(posts: list[Post], visit: set[tuple[int, int]]) -> list[Person]:
    visitors = [post for post in posts if (post.account_id, post.person_id) in visit]
    buyers = [post for post in posts if post.part == Part.BUYER]
    return [post.person for post in (visitors or buyers or posts[:1])]


def _letter(row: Allotment, account: Account, person: Person, goods: list[tuple[str, Decimal, Any]]) -> Letter:
    language = spoken(to(person))
    names = {each.code: str(each) for each in Stocked.objects.filter(code__in=[code for code, *_more in goods])}
    lines = [
        Message(LINE, {"product": names.get(code, code), "n": Count(float(left)), "day": Day(day_number(first))})
        for code, left, first in goods
    ]
    begun = Message(_("We keep these goods for you until some days after their week:"))
    return Letter(
        kind=Kind.NEWS, account=account, person=person, address=person.email, name=person.name, language=to(person),
        subject=Message(_("Goods that we keep for you")).say(language),
        paragraphs=(begun.say(language), *(line.say(language) for line in lines), Message(REASON).say(language)),
        about=row.subject,
    )  # fmt: skip
