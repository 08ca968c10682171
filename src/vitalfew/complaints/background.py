"""What runs in the background: questions, after a refresh."""

from django_tasks import task

from vitalfew.complaints import inquiring


@task(priority=-20)
def inquire() -> int:
    """Begun twice, it finds the same."""
    return inquiring.inquire()
