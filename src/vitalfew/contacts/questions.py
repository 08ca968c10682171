"""What pages, API and facts ask about people at customers. Every answer starts from what the user may see."""

import re
from typing import Any, Final

from django.db.models import Q, QuerySet

from vitalfew.accounts.grams import stored
from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.contacts.models import Person, Post, PostQuerySet
from vitalfew.people.models import User

INDEX: Final = Index("contacts_search")


FEWEST_DIGITS: Final = 4
NO_DIGIT: Final = re.compile(r"\D+")


def pieces_of(person: Person) -> str:
    """What finds a person: a telephone by its digits from any of them on."""
    numbers = [NO_DIGIT.sub("", number) for number in person.phones.values_list("number", flat=True)]
    tails = [digits[start:] for digits in numbers for start in range(len(digits) - FEWEST_DIGITS + 1)]
    return stored(person.name, person.wechat, person.email, *tails)


def posts(user: User) -> PostQuerySet:
    """The posts that a list shows."""
    return (
        Post.objects.visible_to(user)
        .select_related("person", "account", "reports_to")
        .prefetch_related("person__phones")
    )


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Posts whose person the text finds: by name, pinyin, initials, WeChat, e-mail or part of a telephone number."""
    ids = INDEX.matching(text)
    return rows.none() if ids is None else rows.filter(person_id__in=ids)


def people_found(user: User, text: str, most: int) -> list[Post]:
    """The posts they hold, for the search box."""
    return list(found(posts(user).held(), text).order_by("pk")[:most])


def person(user: User, pk: int) -> Person | None:
    """The person, or None where there is none or none the user may see."""
    return Person.objects.visible_to(user).prefetch_related("phones").filter(pk=pk).first()


def standing_for(user: User, pk: int) -> Person | None:
    """Whom a person was merged into, if the user may see that one."""
    merged = Person.objects.filter(pk=pk).exclude(merged_into=None).first()
    while merged is not None and merged.merged_into_id:
        merged = Person.objects.get(pk=merged.merged_into_id)
    return merged and person(user, merged.pk)


def posts_of(user: User, who: Person) -> list[Post]:
    """The person's posts that the user may see, those held first."""
    rows = list(Post.objects.visible_to(user).filter(person=who).select_related("account", "reports_to"))
    return sorted(rows, key=lambda post: (post.left_on is not None, -(post.since or post.made_at.date()).toordinal()))


def at(account: Account) -> list[Post]:
    """The people of an account: those there first, the most influential before the others."""
    rank = {"high": 0, "medium": 1, "low": 2}
    rows = (
        Post.objects.filter(account=account, put_away_at=None)
        .select_related("person", "reports_to")
        .prefetch_related("person__phones")
    )
    return sorted(rows, key=lambda post: (post.left_on is not None, rank.get(post.influence, 3), post.pk))


def bosses_at(account: Account) -> dict[int, int]:
    """To whom each person at the account reports, by the numbers of their records."""
    held = Post.objects.held().filter(account=account, reports_to__isnull=False)
    return {person: boss for person, boss in held.values_list("person_id", "reports_to_id") if boss}


def colleagues(account: Account, named: int | None = None) -> QuerySet[Person]:
    """Who is at the account, for somebody to report to; and whom one is said to report to, there or not."""
    there = Post.objects.held().filter(account=account).values("person_id")
    return Person.objects.filter(Q(pk__in=there) | Q(pk=named)).order_by("name", "pk")
