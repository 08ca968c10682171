"""The search index over documents: their names, and their words as far as they were read."""

from collections.abc import Iterable
from typing import Final

from vitalfew.accounts.grams import stored
from vitalfew.accounts.pieces import Index
from vitalfew.documents.models import DocumentText

INDEX: Final = Index("documents_search")


def index(rows: Iterable[DocumentText]) -> None:
    INDEX.put((row.pk, stored(f"{row.file.name}\n{row.text}")) for row in rows)
