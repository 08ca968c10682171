"""The search index over what was written down of visits, calls, mails and notes."""

from collections.abc import Iterable

from vitalfew.accounts.grams import stored
from vitalfew.activities.models import Activity
from vitalfew.activities.questions import INDEX


def index(rows: Iterable[Activity]) -> None:
    INDEX.put((row.pk, stored(row.text)) for row in rows)
