from typing import Any

from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "vitalfew.ideas"
    label = "ideas"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.ideas.models import Idea

        post_save.connect(_written, Idea)
        post_delete.connect(_gone, Idea)


def _written(instance: Any, **_told: Any) -> None:
    """The search knows it, whoever wrote it."""
    from vitalfew.ideas.indexing import index

    index([instance])


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.ideas.questions import INDEX

    INDEX.forget([instance.pk])
