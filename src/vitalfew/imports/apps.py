from typing import Any

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "vitalfew.imports"
    label = "imports"

    def ready(self) -> None:
        from vitalfew.warehouse.scorecards import wanted

        wanted.connect(_refresh)


def _refresh(**_told: Any) -> None:
    """In the background, once what was done is stored."""
    from django.db import transaction

    from vitalfew.imports.work import ask_for_refresh

    transaction.on_commit(ask_for_refresh)
