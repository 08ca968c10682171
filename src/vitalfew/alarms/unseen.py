"""Kinds that could not be looked at: the others are looked at all the same, and it is said since when, and why.

What the database refuses is no matter of one kind: then the whole look fails, and is tried again.
"""

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from django.db import DatabaseError

from vitalfew.alarms.models import Unseen
from vitalfew.language import Day, Message, Word
from vitalfew.rooms import Alarming
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

logger = logging.getLogger(__name__)
MOST: Final = 200
"""So many letters of the reason are kept."""
SAYS: Final = _("“{kind}” could not be looked at since {since}, because: {why}")


def looked(kind: Alarming, look: Callable[[], int], now: datetime) -> int:
    """What the look at a kind gives; nothing where it fails, which is noted and logged once."""
    try:
        found = look()
    except DatabaseError:
        raise
    except Exception as failure:  # noqa: BLE001  (whatever a room's own code may raise)
        _note(kind, failure, now)
        return 0
    Unseen.objects.filter(kind=kind.value).delete()
    return found


def _note(kind: Alarming, failure: Exception, now: datetime) -> None:
    why = f"{type(failure).__name__}: {failure}".removesuffix(": ")[:MOST]
    row, new = Unseen.objects.get_or_create(kind=kind.value, defaults={"since": now, "why": why})
    if new or row.why != why:
        logger.error("alarms of the kind %s could not be looked at", kind.value, exc_info=failure)
        Unseen.objects.filter(pk=row.pk).update(why=why)


def said(known: Collection[Alarming]) -> list[Message]:
    """A sentence for each kind that is not looked at now."""
    rows = {row.kind: row for row in Unseen.objects.all()}
    return [_sentence(kind, rows[kind.value]) for kind in known if kind.value in rows]


def _sentence(kind: Alarming, row: Unseen) -> Message:
    since = Day(day_number(row.since_day))
    return Message(SAYS, {"kind": Word(kind.label), "since": since, "why": row.why})
