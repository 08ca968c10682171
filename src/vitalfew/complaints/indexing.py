"""The search index over complaints: their numbers, and what the customer said."""

from collections.abc import Iterable
from typing import Final

from vitalfew.accounts.grams import stored
from vitalfew.accounts.pieces import Index
from vitalfew.complaints.models import Complaint

INDEX: Final = Index("complaints_search")


def index(rows: Iterable[Complaint]) -> None:
    INDEX.put((row.pk, stored(row.text, row.number)) for row in rows)
