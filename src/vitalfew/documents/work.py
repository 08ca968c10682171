"""Documents are read in the background, one after the other."""

from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.accounts.models import AccountFile
from vitalfew.documents import actions


@task()
def read(file: int) -> None:
    """A document that was removed meanwhile is not read."""
    row = AccountFile.everything.filter(pk=file).first()
    if row is not None:
        actions.read(row)


def ask_for(row: AccountFile) -> None:
    transaction.on_commit(lambda: read.enqueue(row.pk))


def ask_for_all() -> None:
    """Those that nobody has read and that nobody waits for: they were kept before documents were searched."""
    if not DBTaskResult.objects.filter(task_path=read.module_path, status=TaskResultStatus.READY).exists():
        for row in AccountFile.everything.filter(words=None):
            ask_for(row)
