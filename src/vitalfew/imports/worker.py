"""The background worker: takes tasks from the queue, and waits where the database is away for a while.

What was begun when the database went is nobody's from then on, and begun again once it answers: by this worker under
a new name, or by another.
"""

import logging
import time
from typing import Any, Final

from django.core.management import call_command
from django.db import Error, connection, connections
from django.dispatch import receiver
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from vitalfew.databases import is_away, tells_of_absence
from vitalfew.home import Home
from vitalfew.imports.actions import settle
from vitalfew.imports.work import begin_again, take_up
from vitalfew.presence import leave, name_here
from vitalfew.rooms import declared

logger = logging.getLogger(__name__)
PAUSE: Final = 1.0


class Interrupted(Exception):
    """The database went away under a task."""


def work_on(home: Home) -> None:
    """Work until told to stop."""
    while True:
        try:
            settle(home)
            take_up(home)
            for room in declared("recurring"):
                room.begin()
            call_command("db_worker", verbosity=0, interval=0.5, reload=False, worker_id=name_here(home.folder))
        except Interrupted:
            pass
        except Error as failure:
            if not is_away(failure):
                raise
        else:
            return
        leave(home.folder)
        _wait()


def _wait() -> None:
    """Until the database answers."""
    logger.warning("the database is away; waiting for it")
    connections.close_all()
    while True:
        try:
            connection.ensure_connection()
        except Error as failure:
            if not is_away(failure):
                raise
            time.sleep(PAUSE)
        else:
            logger.warning("the database is there again")
            return


@receiver(task_finished)
def _not_its_fault(task_result: Any, **_told: object) -> None:
    """A task that failed because the database went away, and whose failure could be written down, is begun again."""
    if task_result.status == TaskResultStatus.FAILED and any(
        tells_of_absence(each.exception_class_path, each.traceback) for each in task_result.errors
    ):
        begin_again(DBTaskResult.objects.get(pk=task_result.id))
        raise Interrupted
