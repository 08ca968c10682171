"""What runs in the background: looking for records that stand in the book twice."""

from django_tasks import task

from vitalfew.duplicates import actions, finding
from vitalfew.people.models import User


@task(priority=-40)
def look(_refresh: int = 0) -> int:
    """Look again; asked twice, the second time finds nothing new."""
    return finding.find()


def look_for(user: User) -> None:
    """On demand."""
    actions.look_asked(user)
    look.enqueue()
