"""What runs in the background: the coverage of all accounts, after a refresh or when the house's plan changed."""

from typing import Final

from django_tasks import task

from vitalfew.stakeholders import covering

FEW: Final = 1000
"""So many accounts are worked out at once; more would keep a refresh or a page waiting."""


@task(priority=-45)
def cover_house() -> int:
    """All accounts; asked twice, the second time finds nothing new."""
    return covering.cover_all()


def cover_soon() -> None:
    """At once where they are few."""
    if covering.planned().count() <= FEW:
        covering.cover_all()
    else:
        cover_house.enqueue()
