"""What runs in the background: what a programme changed, worked out and kept."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.training.effect import worked_out
from vitalfew.training.models import Programme
from vitalfew.training.rights import TrainingRight
from vitalfew.warehouse import scorecards

PATIENCE: Final = timedelta(minutes=30)
"""After that, one that was asked for is thought lost and can be asked for again."""


@task()
def work_out(pk: int) -> bool:
    """Begun twice, it finds the same."""
    rows = Programme.objects.filter(pk=pk)
    try:
        shown = scorecards.current()
        found = worked_out(rows.get(), shown.currency if shown else "")
        return bool(rows.update(effect=found))
    finally:
        rows.update(effect_asked_at=None)


@transaction.atomic
def work_out_soon(user: User, pk: int) -> Programme:
    """Asked for by a button; while it runs, once."""
    user.must(TrainingRight.SEE)
    user.must(Right.MONEY)
    row: Programme = Programme.objects.visible_to(user).select_for_update().get(pk=pk)
    if not is_working(row):
        Programme.objects.filter(pk=pk).update(effect_asked_at=timezone.now())
        work_out.enqueue(pk)
    return row


def is_working(row: Programme) -> bool:
    return row.effect_asked_at is not None and row.effect_asked_at > timezone.now() - PATIENCE
