from typing import Any

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    name = "vitalfew.supply"
    label = "supply"

    def ready(self) -> None:
        from vitalfew.warehouse.scorecards import refreshed

        refreshed.connect(_refreshed)


def _refreshed(**_told: Any) -> None:
    """Stock, orders and needs may be others."""
    from vitalfew.supply.background import ask_to_draw

    ask_to_draw()
