from typing import Any

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "vitalfew.agreements"
    label = "agreements"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.agreements.models import Agreement

        post_save.connect(_written, Agreement)
        post_delete.connect(_gone, Agreement)


def _written(instance: Any, **_told: Any) -> None:
    """The search knows what is agreed, whoever wrote it."""
    from vitalfew.agreements.indexing import index

    index([instance])


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.agreements.questions import INDEX

    INDEX.forget([instance.pk])
