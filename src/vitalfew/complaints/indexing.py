"""The search index over complaints: their numbers, and what the customer said."""

from collections.abc import Iterable

from vitalfew.accounts.grams import stored
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.questions import INDEX


def index(rows: Iterable[Complaint]) -> None:
    INDEX.put((row.pk, stored(f"{row.text} {row.order_number} {row.batch}".strip(), row.number)) for row in rows)
