"""The search index over what days are called."""

from collections.abc import Iterable

from vitalfew.accounts.grams import stored
from vitalfew.milestones.models import Milestone
from vitalfew.milestones.questions import INDEX


def index(rows: Iterable[Milestone]) -> None:
    INDEX.put((row.pk, stored(row.title)) for row in rows)
