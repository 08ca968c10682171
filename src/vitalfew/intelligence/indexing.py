"""The search index over statements, their subjects and sources."""

from collections.abc import Iterable, Mapping

from vitalfew.accounts.grams import stored
from vitalfew.intelligence.models import Competitor, Intelligence
from vitalfew.intelligence.questions import INDEX


def index(rows: Iterable[Intelligence]) -> None:
    also = _also_written()
    INDEX.put((row.pk, stored(_words(row, also))) for row in rows)


def _also_written() -> dict[int, list[str]]:
    """The other names of competitors, by the record that stands for them."""
    found: dict[int, list[str]] = {}
    for row in Competitor.objects.exclude(merged_into=None).select_related("merged_into").order_by("pk"):
        found.setdefault(row.standing.pk, []).append(row.name)
    return found


def _words(row: Intelligence, also: Mapping[int, list[str]]) -> str:
    said = [getattr(row, name) for name in ("text", "region", "category", "detail", "value", "source")]
    return " ".join([*said, row.competitor.name if row.competitor else "", *also.get(row.competitor_id or 0, [])])
