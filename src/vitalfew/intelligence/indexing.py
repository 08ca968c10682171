"""The search index over statements, their subjects and sources."""

from collections.abc import Iterable

from vitalfew.accounts.grams import stored
from vitalfew.intelligence.models import Intelligence
from vitalfew.intelligence.questions import INDEX


def index(rows: Iterable[Intelligence]) -> None:
    INDEX.put((row.pk, stored(_words(row))) for row in rows)


def _words(row: Intelligence) -> str:
    said = [getattr(row, name) for name in ("text", "region", "category", "detail", "value", "source")]
    return " ".join([*said, row.competitor.name if row.competitor else ""])
