from typing import Any

from django.apps import AppConfig


class OutletsConfig(AppConfig):
    name = "vitalfew.outlets"
    label = "outlets"

    def ready(self) -> None:
        from vitalfew.warehouse.scorecards import refreshed

        refreshed.connect(_work_out)


def _work_out(*, refresh: Any, **_told: Any) -> None:
    """Sums over all accounts follow a refresh at once, so that no reader waits for them."""
    from vitalfew.outlets import portfolio

    portfolio.work_out(refresh)
