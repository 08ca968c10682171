"""What people changed here goes back to the facts, as a newer version of the same rows."""

from collections.abc import Callable, Iterator
from typing import Final

import pyarrow as pa
from django.db.models import Q
from django.utils import timezone

from vitalfew.contacts.models import Post

FIELDS: Final = ("title", "department", "level", "influence", "attitude", "since", "left_on")
Told = Callable[[frozenset[int]], None]


def facts() -> Iterator[tuple[str, pa.Table, Told]]:
    """The kind, the rows that the facts don't know as they are here, and what to do when they are stored.

    It is told the places of the rows that were not taken: those stay untold. Who begins later is told on that day.
    """
    begun = Q(since=None) | Q(since__lte=timezone.localdate())
    untold = Post.objects.filter(begun, told=False, put_away_at=None)
    rows = list(untold.select_related("person", "account").prefetch_related("person__phones"))
    if rows:
        yield "contacts", pa.Table.from_pylist([_row(post) for post in rows]), lambda rejected: _told(rows, rejected)


def _row(post: Post) -> dict[str, object]:
    phones = [phone.number for phone in post.person.phones.all()]
    return {
        "contact_id": post.contact_id,
        "customer": post.account.code,
        "name": post.person.name,
        "email": post.person.email or None,
        "phone": phones[0] if phones else None,
        **{name: getattr(post, name) or None for name in FIELDS},
    }


def _told(rows: list[Post], rejected: frozenset[int]) -> None:
    """Those that were taken, and not changed again meanwhile."""
    for place, post in enumerate(rows):
        if place not in rejected:
            Post.objects.filter(pk=post.pk, version=post.version).update(told=True)
