"""From which record of the house a promise was made: named by kind and key, found again for who may see it.

obligation:12   step:7   complaint:CP-311   order:SO-2041
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.rooms import Begun, Source, declared

LONGEST: Final = 150
"""A name beyond it can't be kept."""


@cache
def sources() -> Mapping[str, Source]:
    """What the rooms declare, by kind."""
    return {source.kind: source for room in declared("sources") for source in room.SOURCES}


def found(user: User, account: Account, named: str) -> Begun | None:
    """The record, as far as the user may see it among the account's."""
    kind, _colon, key = named.partition(":")
    source = sources().get(kind)
    if source is None or not key or len(named) > LONGEST:
        return None
    return source.found(user, account, key)


def fields(named: str, begun: Begun) -> dict[str, Any]:
    """What the form of a promise begins with, as far as the record knows it."""
    ahead = begun.due if begun.due and begun.due >= timezone.localdate() else None
    known = {"text": begun.text, "due": ahead, "reference": begun.reference, "origin": _origin(named)}
    return {name: value for name, value in known.items() if value}


def _origin(named: str) -> str:
    return sources()[named.partition(":")[0]].origin
