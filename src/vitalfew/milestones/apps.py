from typing import Any

from django.apps import AppConfig


class MilestonesConfig(AppConfig):
    name = "vitalfew.milestones"
    label = "milestones"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.milestones.models import Milestone

        post_save.connect(_written, Milestone)
        post_delete.connect(_gone, Milestone)


def _written(instance: Any, **_told: Any) -> None:
    """The search knows what a day is called, whoever wrote it."""
    from vitalfew.milestones.indexing import index

    index([instance])


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.milestones.questions import INDEX

    INDEX.forget([instance.pk])
