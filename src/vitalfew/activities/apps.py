from typing import Any

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "vitalfew.activities"
    label = "activities"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.activities.models import Activity

        post_save.connect(_written, Activity)
        post_delete.connect(_gone, Activity)


def _written(instance: Any, **_told: Any) -> None:
    """The search knows what is written, whoever wrote it."""
    from vitalfew.activities.indexing import index

    index([instance])


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.activities.questions import INDEX

    INDEX.forget([instance.pk])
