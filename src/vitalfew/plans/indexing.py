"""The search index over what is planned."""

from collections.abc import Iterable, Iterator

from vitalfew.accounts.grams import stored
from vitalfew.plans.measures import GUARDED
from vitalfew.plans.models import Plan
from vitalfew.plans.questions import INDEX
from vitalfew.plans.words import Swot

TEXTS = ("title", *(each.value for each in Swot), "service", "lessons")
OF_PARTS = (("goals", "text"), ("steps", "text"), ("promotions", "name"))


def index(rows: Iterable[Plan]) -> None:
    INDEX.put((row.pk, stored(" ".join(_words(row)))) for row in rows)


def _words(row: Plan) -> Iterator[str]:
    """Its own texts, and those of what it is made of; goals of money are found by nobody."""
    yield from (getattr(row, name) for name in TEXTS)
    for parts, text in OF_PARTS:
        kept = getattr(row, parts).filter(put_away_at=None)
        shown = kept.exclude(measure__in=GUARDED) if parts == "goals" else kept
        yield from shown.values_list(text, flat=True)
