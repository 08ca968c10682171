from vitalfew.ideas.models import Idea
from vitalfew.ideas.weighing import weigh


def sync(_source: object) -> int:
    """After a refresh accounts are worth something else: every idea is weighed anew, as its page shows it."""
    rows = list(Idea.objects.filter(put_away_at=None))
    return sum(weigh(row) != row.weight for row in rows)
