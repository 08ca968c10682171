from typing import Any

from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    name = "vitalfew.alarms"
    label = "alarms"

    def ready(self) -> None:
        from vitalfew.warehouse.scorecards import refreshed

        refreshed.connect(_refreshed, dispatch_uid="alarms")


def _refreshed(**_told: Any) -> None:
    """New figures are looked at soon, in the background."""
    from vitalfew.alarms.work import look_soon

    look_soon()
