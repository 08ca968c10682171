from typing import Any

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "vitalfew.promises"
    label = "promises"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.promises.models import Promise

        post_save.connect(_written, Promise)
        post_delete.connect(_gone, Promise)


def _written(instance: Any, **_told: Any) -> None:
    """The search knows what is promised, whoever wrote it."""
    from vitalfew.promises.indexing import index

    index([instance])


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.promises.questions import INDEX

    INDEX.forget([instance.pk])
