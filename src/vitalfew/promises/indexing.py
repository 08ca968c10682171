"""The search index over what was promised."""

from collections.abc import Iterable

from vitalfew.accounts.grams import stored
from vitalfew.promises.models import Promise
from vitalfew.promises.questions import INDEX


def index(rows: Iterable[Promise]) -> None:
    INDEX.put((row.pk, stored(f"{row.text} {row.reference} {row.evidence}")) for row in rows)
