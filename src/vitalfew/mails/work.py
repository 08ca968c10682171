"""Fetching: every mail that came since the last time, each in a transaction of its own with how far the mailbox is read.

Where a fetch is cut off, the next one goes on after the last mail that is kept; the same Message-ID is never taken in twice.
"""

import logging
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.home import Home
from vitalfew.mails import actions
from vitalfew.mails.mailbox import Address, Box, Came, Unfetched, address_of, opened
from vitalfew.mails.models import Mail, Mailbox
from vitalfew.mails.words import MailState
from vitalfew.presence import Busy, one_at_a_time
from vitalfew.terms import gettext_noop as _

logger = logging.getLogger(__name__)
EVERY: Final = timedelta(minutes=5)
WORK: Final = "mail"


@dataclass
class Fetched:
    """What came of a fetch."""

    read: int = 0
    matched: int = 0
    waiting: int = 0
    known: int = 0
    """Those that were here already."""
    matched_later: int = 0
    """Those from the tray whose contact is known by now."""

    def count(self, mail: Mail | None) -> None:
        self.read += 1
        self.known += mail is None
        self.matched += mail is not None and mail.state == MailState.MATCHED
        self.waiting += mail is not None and mail.state == MailState.WAITING

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def fetch_now(home: Home, *, wait: bool = True) -> Fetched:
    """Read the mailbox; by one process at a time."""
    if not settings.MAILBOX:
        raise Unfetched(_("No mailbox is named: set VITALFEW_MAIL to imaps://user:password@host/INBOX"))
    where, done = address_of(settings.MAILBOX), Fetched()
    with one_at_a_time(home.folder, WORK, wait=wait):
        with opened(where) as box:
            _read(home, where, box, done)
        done.matched_later = actions.look_again()
        actions.let_go(home)
    return done


def _read(home: Home, where: Address, box: Box, done: Fetched) -> None:
    row, _made = Mailbox.objects.get_or_create(name=where.name)
    if row.validity != box.validity:
        row.validity, row.latest = box.validity, 0
    for came in box.after(row.latest):
        done.count(_taken_in(home, row, came))
        box.seen(came.uid)
    row.fetched_at = timezone.now()
    row.save()


@transaction.atomic
def _taken_in(home: Home, row: Mailbox, came: Came) -> Mail | None:
    mail = actions.take_in(came.raw, home, huge=came.huge)
    row.latest = came.uid
    row.save()
    return mail


@task()
def fetch() -> dict[str, Any]:
    """The fetch that comes again every few minutes, as long as a mailbox is named."""
    try:
        return fetch_now(settings.HOME, wait=False).as_json()
    except (Unfetched, Busy) as why:
        logger.warning("mail was not fetched: %s", why)
        return {}
    finally:
        ask_for_fetch(timezone.now() + EVERY)


def ask_for_fetch(at: Any = None) -> None:
    """Once, however often it is asked for before it begins."""
    waits = DBTaskResult.objects.filter(task_path=fetch.module_path, status=TaskResultStatus.READY)
    if settings.MAILBOX and not waits.exists():
        fetch.using(run_after=at).enqueue()
