"""What was accepted is under way, or done since the figures' day."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from vitalfew.advice.models import Advice
from vitalfew.advice.words import AdviceState


def done(codes: Collection[str], day: date) -> dict[tuple[str, str], date]:
    """The account and the action, and since when somebody sees to it."""
    under_way, since = Q(state=AdviceState.OPEN), Q(state=AdviceState.DONE, done_on__gt=day)
    rows = Advice.objects.filter(under_way | since, account__code__in=codes, put_away_at=None)
    told = rows.values_list("account__code", "action", "answered_on", "done_on")
    return {(code, action): done_on or answered_on for code, action, answered_on, done_on in told}
