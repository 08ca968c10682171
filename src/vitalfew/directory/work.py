"""What runs in the background: the figures of all organisations after a refresh."""

from typing import Final

from django_tasks import task

from vitalfew.directory import measuring
from vitalfew.directory.models import Organisation

FEW: Final = 200
"""So many are counted at once; more would keep a refresh waiting."""


@task(priority=-45)
def measure_house() -> int:
    """All organisations; asked twice, the second time finds the same."""
    return measuring.measure_all()


def measure_soon() -> None:
    """At once where they are few."""
    if Organisation.objects.count() <= FEW:
        measuring.measure_all()
    else:
        measure_house.enqueue()
