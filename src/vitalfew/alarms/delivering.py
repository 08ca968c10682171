"""Mails and posts that are due are sent, and tried again where that failed, ever later; then it is said.

Each goes out at least once: what was sent and could not be noted as sent is sent again, under the same key.
"""

import hashlib
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.alarms import mailing, telling
from vitalfew.alarms.models import Post, Sending, Telling
from vitalfew.alarms.posting import Said, check, written
from vitalfew.alarms.wire import Unsent, post
from vitalfew.people.models import User

AGAIN: Final = (1, 5, 30, 120, 720)
"""Minutes after which it is tried once more, one after the other."""
MOST: Final = 200
"""So many posts a time: the others wait for the next."""


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
    return sum(_post(row, now) for row in due[:MOST])


def _post(row: Post, now: datetime) -> int:
    mine = Post.objects.filter(pk=row.pk)
    if row.hook.put_away_at or (row.alarm and row.alarm.of is None):
        mine.update(due_at=None)
        return 0
    try:
        message = written(row.hook, _said(row), time.time())
        check(row.hook, post(message.url, message.body, message.headers, inside=row.hook.inside))
    except Unsent as why:
        _later([row], why, now)
        return 0
    _sent(mine, now)
    return 1


def _said(row: Post) -> Said:
    told = f"{settings.SECRET_KEY}:post:{row.pk}".encode()
    key = hashlib.blake2b(told, digest_size=16).hexdigest()
    if row.alarm is None:
        return Said(telling.trial(row.hook), {"trial": True}, key)
    return Said(telling.posted(row.alarm, row.hook), telling.parts(row.alarm, row.hook), key)


def _sent(rows: Any, now: datetime) -> None:
    rows.update(sent_at=now, due_at=None, trouble="", detail="")


def _later(rows: Sequence[Sending], why: Unsent, now: datetime) -> None:
    """Another try, if there was not one too many already."""
    for row in rows:
        row.trouble, row.detail = why.trouble.value, why.detail
        row.due_at = now + timedelta(minutes=AGAIN[row.tries]) if row.tries < len(AGAIN) else None
        row.tries += 1
        row.save(update_fields=["trouble", "detail", "due_at", "tries"])
