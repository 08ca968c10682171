"""What runs in the background: questions, after a refresh; groups of complaints that say nearly the same, every night."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.complaints import grouping, inquiring

AT: Final = time(2, 40)
"""When texts are looked at, local time."""
SOON: Final = timedelta(minutes=1)
"""What comes in within it is looked at together."""


@task(priority=-20)
def inquire() -> int:
    """Begun twice, it finds the same."""
    return inquiring.inquire()


@task(priority=-30)
def group() -> int:
    """Begun twice, it finds the same; the next one follows the night after."""
    try:
        return grouping.group()
    finally:
        ask_to_group(_tomorrow())


def _tomorrow() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), AT))


def ask_to_group(at: Any = None) -> None:
    """Once before ``at``, however often it is asked for."""
    waits = DBTaskResult.objects.filter(task_path=group.module_path, status=TaskResultStatus.READY)
    when = at or timezone.now()
    if not waits.filter(run_after__lte=when).exists():
        group.using(run_after=when).enqueue()
