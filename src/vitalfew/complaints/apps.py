from typing import Any

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "vitalfew.complaints"
    label = "complaints"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.complaints.models import Complaint
        from vitalfew.warehouse.scorecards import refreshed

        refreshed.connect(_refreshed, dispatch_uid="complaints")
        post_save.connect(_written, Complaint)
        post_delete.connect(_gone, Complaint)


def _written(instance: Any, **_told: Any) -> None:
    """The search knows it, whoever wrote it."""
    from vitalfew.complaints.indexing import index

    index([instance])


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.complaints.questions import INDEX

    INDEX.forget([instance.pk])


def _refreshed(**_told: Any) -> None:
    """What is unusual now is asked about."""
    from vitalfew.complaints.background import inquire

    inquire.enqueue()
