"""Every night the rules of the club are asked: a year with us is full on a day, a time of grace ends on one."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.club.joining import settle

AT: Final = time(0, 20)
"""When the rules are asked, local time."""


@task(priority=-10)
def settled() -> int:
    """Begun twice, it finds the same; the next one follows the night after."""
    try:
        return sum(settle().values())
    finally:
        ask_to_settle(_tomorrow())


def _tomorrow() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), AT))


def ask_to_settle(at: Any = None) -> None:
    """Once before ``at``, however often it is asked for."""
    waits = DBTaskResult.objects.filter(task_path=settled.module_path, status=TaskResultStatus.READY)
    when = at or timezone.now()
    if not waits.filter(run_after__lte=when).exists():
        settled.using(run_after=when).enqueue()
