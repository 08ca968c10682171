"""What moves of people ask for: a risk at the account they left, a chance at the one they went to."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from vitalfew.contacts.models import Person, Post
from vitalfew.contacts.rights import ContactRight
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

LATELY: Final = timedelta(days=60)
SOON: Final = timedelta(days=14)
MOST: Final = 20
PRIORITY: Final = 1.0


def waiting(user: User) -> Iterator[Task]:
    """Those of weight who left within two months and were not followed, and where they went."""
    if user.may(ContactRight.ERASE):
        yield from _over()
    if not user.may(ContactRight.EDIT):
        return
    since = timezone.localdate() - LATELY
    seen = Post.objects.visible_to(user).select_related("person", "account")
    others = Post.objects.held().filter(account=OuterRef("account")).exclude(person=OuterRef("person"))
    left = seen.filter(left_on__gte=since, influence="high").annotate(others=Exists(others)).order_by("-left_on")
    for post in left[:MOST]:
        yield _risk(post, post.left_on or since)
    moved = seen.held().filter(since__gte=since, person__posts__left_on__gte=since).distinct().order_by("-since")
    for post in moved[:MOST]:
        yield _chance(post, post.since or since)


def _over() -> Iterator[Task]:
    """Persons whose day has come: whether they may go is asked."""
    number = Person.objects.filter(keep_until__lt=timezone.localdate(), merged_into=None).count()
    if number:
        why = Message(_("{n} {n:person was|persons were} to be kept until a day that has passed"), {"n": Count(number)})
        yield Task(_("Erase or keep on"), why, _("See the people"), f"{reverse('contacts')}?retention=over", soon=True)


def _risk(post: Any, day: date) -> Task:
    told = _("{name} left {account}") if post.others else _("{name} left {account}; nobody else there is on file")
    why = Message(told, {"name": post.person.name, "account": post.account.name})
    url = f"{post.account.get_absolute_url()}?tab=contacts"
    return Task(
        _("Find the successor"), why, _("See the people"), url, post.account.code, due=day + SOON,
        priority=PRIORITY, soon=True,
    )  # fmt: skip


def _chance(post: Post, day: date) -> Task:
    why = Message(_("{name} is now at {account}"), {"name": post.person.name, "account": post.account.name})
    return Task(
        _("Congratulate on the new post"), why, _("See the person"), post.person.get_absolute_url(), post.account.code,
        due=day + SOON, soon=True,
    )  # fmt: skip
