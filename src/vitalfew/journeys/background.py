"""What runs in the background: days of journeys after an import and every night, as checks fall due by the day."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.journeys.following import follow

AT: Final = time(1, 10)
"""When the night's round begins, local time."""


@task(priority=-20)
def followed() -> int:
    """The night's round; the next one follows the night after."""
    try:
        return follow()
    finally:
        ask_to_follow(_tomorrow())


def _tomorrow() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), AT))


def ask_to_follow(at: Any = None) -> None:
    """Once before ``at``, however often it is asked for."""
    waits = DBTaskResult.objects.filter(task_path=followed.module_path, status=TaskResultStatus.READY)
    when = at or timezone.now()
    if not waits.filter(run_after__lte=when).exists():
        followed.using(run_after=when).enqueue()
