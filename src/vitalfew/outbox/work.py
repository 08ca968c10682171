"""Letters go out in the background: at once, and again when one is due that was refused before."""

from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.outbox.sending import deliver_now, next_due
from vitalfew.presence import one_at_a_time

WORK: Final = "outbox"


@task()
def deliver() -> int:
    """What is due; one process at a time."""
    try:
        with one_at_a_time(settings.HOME.folder, WORK, wait=True):
            return deliver_now()
    finally:
        ask_for_next()


def ask_for_next() -> None:
    """A look when the next one is due, where none is asked for by then."""
    if (due := next_due()) and not _asked().filter(Q(run_after=None) | Q(run_after__lte=due)).exists():
        deliver.using(run_after=due).enqueue()


def deliver_soon() -> None:
    transaction.on_commit(deliver.enqueue)


def _asked() -> Any:
    return DBTaskResult.objects.filter(task_path=deliver.module_path, status=TaskResultStatus.READY)
