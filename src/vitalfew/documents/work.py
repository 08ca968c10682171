"""Documents are read in the background, one after the other."""

from django.db import transaction
from django_tasks import task

from vitalfew.accounts.models import AccountFile
from vitalfew.documents import actions


@task()
def read(file: int) -> None:
    """A document that was removed meanwhile is not read."""
    row = AccountFile.objects.filter(pk=file).first()
    if row is not None:
        actions.read(row)


def ask_for(row: AccountFile) -> None:
    transaction.on_commit(lambda: read.enqueue(row.pk))


def ask_for_all() -> None:
    """Those that nobody has read: they were kept before documents were searched."""
    for row in AccountFile.objects.filter(words=None):
        ask_for(row)
