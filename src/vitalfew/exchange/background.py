"""Every morning it is looked at which data is owed and what is odd: a day passes, a report is late, deliveries are known."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.exchange import doubting
from vitalfew.exchange.models import DataExchange

AT: Final = time(5, 10)
"""Before people come, local time."""


@task(priority=-10)
def looked() -> int:
    """Begun twice, it finds the same; the next one follows the morning after."""
    try:
        rows = list(DataExchange.objects.filter(put_away_at=None).select_related("account"))
        doubting.look(rows)
        return len(rows)
    finally:
        ask_to_look(_tomorrow())


def _tomorrow() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), AT))


def ask_to_look(at: Any = None) -> None:
    """Once before ``at``, however often it is asked for."""
    waits = DBTaskResult.objects.filter(task_path=looked.module_path, status=TaskResultStatus.READY)
    when = at or timezone.now()
    if not waits.filter(run_after__lte=when).exists():
        looked.using(run_after=when).enqueue()
