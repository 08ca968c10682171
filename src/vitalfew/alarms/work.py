"""The look at what stands, and what it sends, in the background: every few minutes, and after each refresh."""

import logging
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.alarms.delivering import deliver_now
from vitalfew.alarms.models import AlarmRule
from vitalfew.alarms.raising import look_now
from vitalfew.presence import Busy, one_at_a_time

logger = logging.getLogger(__name__)
EVERY: Final = timedelta(minutes=5)
WORK: Final = "alarms"


@task()
def look() -> dict[str, Any]:
    """The look that comes again every few minutes."""
    try:
        with one_at_a_time(settings.HOME.folder, WORK, wait=False):
            return {"raised": look_now(), "sent": deliver_now()}
    except Busy:
        logger.info("another worker looks at alarms")
        return {}
    finally:
        ask_for_look(timezone.now() + EVERY)


@task()
def deliver() -> int:
    """What somebody waits for now."""
    with one_at_a_time(settings.HOME.folder, WORK, wait=True):
        return deliver_now()


def ask_for_look(at: Any = None) -> None:
    """Once, however often it is asked for before it begins."""
    if not _asked().exists():
        look.using(run_after=at).enqueue()


def look_soon() -> None:
    """Without waiting for the next round; where no kind is switched on there is nothing to look for."""
    now = timezone.now()
    if AlarmRule.objects.filter(put_away_at=None).exists() and not _asked().filter(run_after__lte=now).exists():
        transaction.on_commit(look.enqueue)


def deliver_soon() -> None:
    transaction.on_commit(deliver.enqueue)


def _asked() -> Any:
    return DBTaskResult.objects.filter(task_path=look.module_path, status=TaskResultStatus.READY)
