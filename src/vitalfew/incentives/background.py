"""What runs in the background: simulations, and the accrual that comes again every day."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.incentives.accruing import accrue_all
from vitalfew.incentives.models import SchemeVersion
from vitalfew.incentives.simulating import simulate

AT: Final = time(2, 30)
"""When the day's accrual begins, local time."""


@task()
def simulated(pk: int, run: int) -> bool:
    """Begun twice, it finds the same."""
    return simulate(pk, run)


def simulate_soon(version: SchemeVersion) -> None:
    simulated.enqueue(version.pk, version.run)


@task(priority=-30)
def accrued() -> int:
    """The day's accrual; the next one follows the night after."""
    try:
        return accrue_all(timezone.localdate())
    finally:
        ask_for_accrual(_tomorrow())


def _tomorrow() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), AT))


def ask_for_accrual(at: Any = None) -> None:
    """Once before ``at``, however often it is asked for."""
    waits = DBTaskResult.objects.filter(task_path=accrued.module_path, status=TaskResultStatus.READY)
    when = at or timezone.now()
    if not waits.filter(run_after__lte=when).exists():
        accrued.using(run_after=when).enqueue()
