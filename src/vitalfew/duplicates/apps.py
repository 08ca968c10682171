from typing import Any

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "vitalfew.duplicates"
    label = "duplicates"

    def ready(self) -> None:
        from vitalfew.warehouse.scorecards import refreshed

        refreshed.connect(_look)


def _look(*, refresh: Any, **_told: Any) -> None:
    """After a refresh the accounts and what is at stake are as the facts have them."""
    from vitalfew.duplicates.work import look

    look.enqueue(refresh.pk)
