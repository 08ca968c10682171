"""Every morning: reminders go out, and names are let go of when their time is over."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.surveys import sending

AT: Final = time(9, 10)
"""When people are reminded, local time."""


@task(priority=-10)
def looked_after() -> int:
    """Begun twice, nobody is written twice; the next one follows the morning after."""
    try:
        sending.let_go()
        return sending.remind()
    finally:
        ask(_tomorrow())


def _tomorrow() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), AT))


def ask(at: Any = None) -> None:
    """Once before ``at``, however often it is asked for."""
    waits = DBTaskResult.objects.filter(task_path=looked_after.module_path, status=TaskResultStatus.READY)
    when = at or timezone.now()
    if not waits.filter(run_after__lte=when).exists():
        looked_after.using(run_after=when).enqueue()
