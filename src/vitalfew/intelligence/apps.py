from typing import Any

from django.apps import AppConfig


class IntelligenceConfig(AppConfig):
    name = "vitalfew.intelligence"
    label = "intelligence"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.intelligence.models import Intelligence

        post_save.connect(_written, Intelligence)
        post_delete.connect(_gone, Intelligence)


def _written(instance: Any, **_told: Any) -> None:
    """The search knows what is written, whoever wrote it."""
    from vitalfew.intelligence.indexing import index

    index([instance])


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.intelligence.questions import INDEX

    INDEX.forget([instance.pk])
