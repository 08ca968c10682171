from typing import Any

from django.apps import AppConfig


class DepartmentConfig(AppConfig):
    name = "vitalfew.department"
    label = "department"

    def ready(self) -> None:
        from vitalfew.warehouse.scorecards import refreshed

        refreshed.connect(_add_up)


def _add_up(**_told: Any) -> None:
    """What everybody looks after is added up at once, so that no reader waits for it."""
    from vitalfew.department import questions

    questions.with_dependence()
