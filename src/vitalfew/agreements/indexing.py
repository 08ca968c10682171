"""The search index over what is agreed."""

from collections.abc import Iterable, Iterator

from vitalfew.accounts.grams import stored
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.questions import INDEX

TEXTS = ("number", "title", "note", "contract", "why")


def index(rows: Iterable[Agreement]) -> None:
    INDEX.put((row.pk, stored(" ".join(_words(row)))) for row in rows)


def _words(row: Agreement) -> Iterator[str]:
    yield from (getattr(row, name) for name in TEXTS)
    yield from row.obligations.filter(put_away_at=None).values_list("text", flat=True)
    yield from row.breaches.filter(put_away_at=None).values_list("text", flat=True)
