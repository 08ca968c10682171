from typing import Any

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "vitalfew.agreements"
    label = "agreements"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.agreements.models import Agreement, Breach

        post_save.connect(_written, Agreement)
        post_delete.connect(_gone, Agreement)
        post_save.connect(_broken, Breach)


def _written(instance: Any, **_told: Any) -> None:
    """The search knows what is agreed, whoever wrote it."""
    from vitalfew.agreements.indexing import index

    index([instance])


def _broken(instance: Any, **told: Any) -> None:
    """An agreement is found by what was broken of it, too."""
    _written(instance.agreement, **told)


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.agreements.questions import INDEX

    INDEX.forget([instance.pk])
