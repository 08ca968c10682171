from vitalfew.ideas.models import Idea
from vitalfew.ideas.weighing import weigh
from vitalfew.ideas.words import OPEN


def sync(_source: object) -> int:
    """After a refresh accounts are worth something else: what is open is weighed anew."""
    rows = list(Idea.objects.filter(state__in=OPEN, put_away_at=None))
    return sum(weigh(row) != row.weight for row in rows)
