"""What runs in the background: the picture, after a refresh and after what people enter."""

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.supply.drawing import draw


@task(priority=-15)
def drawn() -> int:
    """Begun twice, it finds the same."""
    return draw()


def ask_to_draw() -> None:
    """Once, however often it is asked for before it begins."""
    if not is_asked():
        drawn.enqueue()


def is_asked() -> bool:
    """Whether it will be drawn anew."""
    return DBTaskResult.objects.filter(task_path=drawn.module_path, status=TaskResultStatus.READY).exists()
