"""What people changed here goes back to the facts, as a newer version of the same rows."""

from collections.abc import Callable, Iterator
from typing import Final

import pyarrow as pa

from vitalfew.contacts.models import Post

FIELDS: Final = ("title", "department", "level", "influence", "attitude", "since", "left_on")
Told = Callable[[], None]


def facts() -> Iterator[tuple[str, pa.Table, Told]]:
    """The kind, the rows that the facts don't know as they are here, and what to do when they are stored."""
    untold = Post.objects.filter(told=False, put_away_at=None)
    rows = list(untold.select_related("person", "account").prefetch_related("person__phones"))
    if rows:
        versions = {post.pk: post.version for post in rows}
        yield "contacts", pa.Table.from_pylist([_row(post) for post in rows]), lambda: _told(versions)


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


def _told(versions: dict[int, int]) -> None:
    """Those that were not changed again meanwhile."""
    for pk, version in versions.items():
        Post.objects.filter(pk=pk, version=version).update(told=True)
