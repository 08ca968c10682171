from typing import Any

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "vitalfew.visits"
    label = "visits"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.visits.models import Visit

        post_save.connect(_written, Visit)
        post_delete.connect(_gone, Visit)


def _written(instance: Any, **_told: Any) -> None:
    """The search knows what is written, whoever wrote it."""
    from vitalfew.visits.indexing import index

    index([instance])


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.visits.questions import INDEX

    INDEX.forget([instance.pk])
