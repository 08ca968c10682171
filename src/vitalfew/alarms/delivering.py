"""Mails and posts that are due are sent, and tried again where that failed, ever later; then it is said.

Each goes out at least once: what was sent and could not be noted as sent is sent again, under the same key.
"""

import hashlib
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.alarms import mailing, telling
from vitalfew.alarms.models import Post, Sending, Telling
from vitalfew.alarms.posting import Said, check, written
from vitalfew.alarms.wire import Unsent, post
from vitalfew.alarms.words import Way
from vitalfew.batches import batched
from vitalfew.people.models import User

AGAIN: Final = (1, 5, 30, 120, 720)
"""Minutes after which it is tried once more, one after the other."""
MOST: Final = 200
"""So many posts a time: the others wait for the next."""
BUNDLE: Final = 10
"""So many alarms fit into one message of a chat."""


def deliver_now(now: datetime | None = None) -> int:
    """Everything that is due; gives how much of it went out."""
    moment = now or timezone.now()
    return _mails(moment) + _posts(moment)


def _mails(now: datetime) -> int:
    due = Telling.objects.filter(due_at__lte=now).select_related("user").order_by("user_id", "pk")
    by_user = [(user, list(rows)) for user, rows in groupby(due, key=lambda row: row.user)]
    return sum(_mail(user, rows, now) for user, rows in by_user)


def _mail(user: User, rows: Sequence[Telling], now: datetime) -> int:
    """One mail with all of them; what was answered meanwhile, or is no longer his to see, is left out."""
    alarms = mailing.still_due(user, rows) if user.email else []
    told = {row.pk for row in alarms}
    mine = Telling.objects.filter(pk__in=[row.pk for row in rows])
    mine.exclude(alarm__in=told).update(due_at=None)
    if not alarms:
        return 0
    try:
        mailing.send(mailing.mail(user, alarms))
    except Unsent as why:
        _later([row for row in rows if row.alarm_id in told], why, now)
        return 0
    _sent(mine.filter(alarm__in=told), now)
    return 1


def _posts(now: datetime) -> int:
    due = Post.objects.filter(due_at__lte=now).select_related("hook", "alarm__account").order_by("due_at", "pk")
    return sum(_post(rows, now) for rows in _bundles(sorted(due[:MOST], key=lambda row: (row.hook_id, row.pk))))


def _bundles(rows: Sequence[Post]) -> Iterator[Sequence[Post]]:
    """A chat is told several in one message, for it takes few a minute; a program each by itself, and each trial is one."""
    for _hook, some in groupby(rows, key=lambda row: row.hook_id):
        mine = list(some)
        yield from batched([row for row in mine if row.alarm and row.hook.way != Way.JSON], BUNDLE)
        yield from ([row] for row in mine if not row.alarm or row.hook.way == Way.JSON)


def _post(rows: Sequence[Post], now: datetime) -> int:
    """One message; what was answered meanwhile is left out."""
    hook, left = rows[0].hook, [row for row in rows if _is_wanted(row)]
    mine = Post.objects.filter(pk__in=[row.pk for row in left])
    Post.objects.filter(pk__in=[row.pk for row in rows]).exclude(pk__in=mine).update(due_at=None)
    if not left:
        return 0
    try:
        message = written(hook, _said(left), time.time())
        check(hook, post(message.url, message.body, message.headers, inside=hook.inside))
    except Unsent as why:
        _later(left, why, now)
        return 0
    _sent(mine, now)
    return 1


def _is_wanted(row: Post) -> bool:
    if row.hook.put_away_at:
        return False
    return row.alarm is None or (row.alarm.is_open and row.alarm.of is not None)


def _said(rows: Sequence[Post]) -> Said:
    told = f"{settings.SECRET_KEY}:post:{','.join(str(row.pk) for row in rows)}".encode()
    key = hashlib.blake2b(told, digest_size=16).hexdigest()
    hook, alarms = rows[0].hook, [row.alarm for row in rows if row.alarm]
    if not alarms:
        return Said(telling.trial(hook), {"trial": True}, key)
    if len(alarms) > 1:
        return Said(telling.posted_together(alarms, hook), {}, key)
    return Said(telling.posted(alarms[0], hook), telling.parts(alarms[0], hook), key)


def _sent(rows: Any, now: datetime) -> None:
    rows.update(sent_at=now, due_at=None, trouble="", detail="")


def _later(rows: Sequence[Sending], why: Unsent, now: datetime) -> None:
    """Another try, if there was not one too many already."""
    for row in rows:
        row.trouble, row.detail = why.trouble.value, why.detail
        row.due_at = now + timedelta(minutes=AGAIN[row.tries]) if row.tries < len(AGAIN) else None
        row.tries += 1
        row.save(update_fields=["trouble", "detail", "due_at", "tries"])
