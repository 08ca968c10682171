from typing import Any

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "vitalfew.directory"
    label = "directory"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.directory.models import Organisation
        from vitalfew.warehouse.scorecards import refreshed

        refreshed.connect(_refreshed)
        post_save.connect(_written, Organisation)
        post_delete.connect(_gone, Organisation)


def _refreshed(**_told: Any) -> None:
    """The facts may tell something else."""
    from vitalfew.directory import work

    work.measure_soon()


def _written(instance: Any, **_told: Any) -> None:
    from vitalfew.directory.questions import INDEX, pieces_of

    INDEX.put([(instance.pk, pieces_of(instance))])


def _gone(instance: Any, **_told: Any) -> None:
    from vitalfew.directory.questions import INDEX

    INDEX.forget([instance.pk])
