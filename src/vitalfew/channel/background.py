"""Every night it is taken anew who goes first: levels and tiers begin and end on a day."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.channel.actions import renew

AT: Final = time(0, 10)
"""When the day's order is taken, local time."""


@task(priority=-10)
def renewed() -> int:
    """Begun twice, it finds the same; the next one follows the night after."""
    try:
        return renew()
    finally:
        ask_to_renew(_tomorrow())


def _tomorrow() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), AT))


def ask_to_renew(at: Any = None) -> None:
    """Once before ``at``, however often it is asked for."""
    waits = DBTaskResult.objects.filter(task_path=renewed.module_path, status=TaskResultStatus.READY)
    when = at or timezone.now()
    if not waits.filter(run_after__lte=when).exists():
        renewed.using(run_after=when).enqueue()
