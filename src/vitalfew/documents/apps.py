from typing import Any

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "vitalfew.documents"
    label = "documents"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.accounts.models import AccountFile

        post_save.connect(_kept, AccountFile, dispatch_uid="documents")
        post_delete.connect(_gone, AccountFile, dispatch_uid="documents")


def _kept(instance: Any, *, created: bool, **_told: Any) -> None:
    """A new document is read in the background."""
    from vitalfew.documents.work import ask_for

    if created:
        ask_for(instance)


def _gone(instance: Any, **_told: Any) -> None:
    """Nothing of a document that was removed is found any more."""
    from vitalfew.documents.indexing import INDEX

    INDEX.forget([instance.pk])
