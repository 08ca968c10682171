"""What was accepted is under way, or done since the figures' day."""

from collections.abc import Collection
from datetime import date

from vitalfew.advice.models import Advice
from vitalfew.advice.words import AdviceState


def done(codes: Collection[str], day: date) -> dict[tuple[str, str], date]:
    """The account and the action, and since when somebody sees to it."""
    kept = Advice.objects.filter(account__code__in=codes, put_away_at=None)
    under_way = kept.filter(state=AdviceState.OPEN).values_list("account__code", "action", "answered_on")
    done_since = kept.filter(state=AdviceState.DONE, done_on__gt=day).values_list("account__code", "action", "done_on")
    return {(code, action): on for rows in (under_way, done_since) for code, action, on in rows if on}
