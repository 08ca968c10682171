from typing import Any

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "vitalfew.plans"
    label = "plans"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.plans.models import Plan

        post_save.connect(_written, Plan)
        post_delete.connect(_gone, Plan)


def _written(instance: Any, **_told: Any) -> None:
    """The search knows what is planned, whoever wrote it."""
    from vitalfew.plans.indexing import index

    index([instance])


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.plans.questions import INDEX

    INDEX.forget([instance.pk])
