"""Every morning: which data is owed, what is odd, what each exchange changed. Every few minutes: what lies in the folders."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.exchange import asking, doubting, dropping, keeping
from vitalfew.exchange.models import DataExchange

AT: Final = time(5, 10)
"""Before people come, local time."""
LATER: Final = time(5, 40)
"""When the night's figures are there."""
EVERY: Final = timedelta(minutes=5)


@task(priority=-10)
def looked() -> int:
    """Begun twice, it finds the same; the next one follows the morning after."""
    try:
        rows = list(DataExchange.objects.filter(put_away_at=None).select_related("account"))
        doubting.look(rows)
        asking.ask()
        return len(rows)
    finally:
        ask_to_look(_tomorrow())


@task(priority=-20)
def worked_out() -> int:
    """What each exchange changed; begun twice, it finds the same."""
    try:
        return keeping.renew()
    finally:
        ask_to_work_out(_tomorrow(LATER))


@task(priority=-5)
def folders_looked_at() -> int:
    """Files in accounts' folders are taken; the next look follows in five minutes."""
    try:
        return dropping.look()
    finally:
        ask_for_folders(timezone.now() + EVERY)


def _tomorrow(at: time = AT) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), at))


def ask_to_look(at: Any = None) -> None:
    """Once before ``at``, however often it is asked for."""
    _ask(looked, at)


def ask_to_work_out(at: Any = None) -> None:
    _ask(worked_out, at)


def ask_for_folders(at: Any = None) -> None:
    _ask(folders_looked_at, at)


def _ask(what: Any, at: Any) -> None:
    waits = DBTaskResult.objects.filter(task_path=what.module_path, status=TaskResultStatus.READY)
    when = at or timezone.now()
    if not waits.filter(run_after__lte=when).exists():
        what.using(run_after=when).enqueue()
