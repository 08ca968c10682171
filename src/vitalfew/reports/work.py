"""Reports are made and mailed in the background; every morning those of the day's schedules."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.reports import mailing, making, scheduling
from vitalfew.reports.models import Report
from vitalfew.reports.words import Mailed

AT: Final = time(6, 20)
"""When the night's figures are there and before people come, local time."""
AGAIN: Final = (1, 5, 30, 120, 720)
"""Minutes after which a mail is tried once more."""


@task()
def made(report: int) -> None:
    """Begun twice, it is made once."""
    row = Report.objects.select_related("reader", "account").filter(pk=report).first()
    if row is None:
        return
    making.make(row)
    if row.mail == Mailed.WAITING and row.place:
        mailed.enqueue(row.pk)


@task()
def mailed(report: int, tries: int = 0) -> None:
    """Tried again, ever later; then it is said."""
    row = Report.objects.select_related("reader", "account").filter(pk=report).first()
    if row is None or mailing.post(row):
        return
    if tries < len(AGAIN):
        mailed.using(run_after=timezone.now() + timedelta(minutes=AGAIN[tries])).enqueue(row.pk, tries + 1)
    else:
        mailing.gave_up(row)


@task(priority=-10)
def scheduled() -> int:
    """What is due today; begun twice, each is asked for once. The next one follows tomorrow."""
    try:
        rows = scheduling.ask(timezone.localdate())
        for row in rows:
            ask_for(row)
        return len(rows)
    finally:
        ask_daily(timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), AT)))


def ask_for(row: Report) -> None:
    transaction.on_commit(lambda: made.enqueue(row.pk))


def ask_for_waiting() -> None:
    """Those that nobody makes any more: the worker was stopped."""
    if not DBTaskResult.objects.filter(task_path=made.module_path, status=TaskResultStatus.READY).exists():
        for row in Report.objects.filter(state="waiting", put_away_at=None):
            ask_for(row)


def ask_daily(at: Any = None) -> None:
    """Once before ``at``, however often it is asked for."""
    when = at or timezone.now()
    waits = DBTaskResult.objects.filter(task_path=scheduled.module_path, status=TaskResultStatus.READY)
    if not waits.filter(run_after__lte=when).exists():
        scheduled.using(run_after=when).enqueue()
