"""The search index over what visits are about and what came of them."""

from collections.abc import Iterable

from vitalfew.accounts.grams import stored
from vitalfew.visits.models import Visit
from vitalfew.visits.questions import INDEX


def index(rows: Iterable[Visit]) -> None:
    INDEX.put((row.pk, stored(f"{row.topic} {row.place} {row.result}")) for row in rows)
