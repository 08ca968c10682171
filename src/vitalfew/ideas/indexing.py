"""The search index over ideas: their numbers and words."""

from collections.abc import Iterable

from vitalfew.accounts.grams import stored
from vitalfew.ideas.models import Idea
from vitalfew.ideas.questions import INDEX


def index(rows: Iterable[Idea]) -> None:
    INDEX.put((row.pk, stored(f"{row.text} {row.product} {row.outside_title} {row.work}", row.number)) for row in rows)
