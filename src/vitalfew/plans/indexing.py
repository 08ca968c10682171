"""The search index over what is planned."""

from collections.abc import Iterable

from vitalfew.accounts.grams import stored
from vitalfew.plans.models import Plan
from vitalfew.plans.questions import INDEX
from vitalfew.plans.words import Swot

TEXTS = ("title", *(each.value for each in Swot), "service", "lessons")


def index(rows: Iterable[Plan]) -> None:
    INDEX.put((row.pk, stored(" ".join(getattr(row, name) for name in TEXTS))) for row in rows)
