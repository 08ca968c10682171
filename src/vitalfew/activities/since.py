"""Which of the actions that the figures propose were taken since their day, as the log says."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from vitalfew.accounts.models import Account
from vitalfew.activities.models import Activity
from vitalfew.activities.ways import Way
from vitalfew.terms import NextAction
from vitalfew.warehouse import scorecards

ACTIONS: Final[Mapping[str, tuple[NextAction, ...]]] = {
    Way.VISIT: (NextAction.VISIT, NextAction.KEEP_UP),
    Way.CALL: (NextAction.KEEP_UP,),
    Way.MEETING: (NextAction.KEEP_UP,),
}


def done(codes: Collection[str], day: date) -> dict[tuple[str, str], date]:
    """The account and the action, and when it was last taken."""
    rows = Activity.objects.filter(account__code__in=codes, day__gt=day, way__in=ACTIONS, put_away_at=None)
    found = rows.order_by("day", "pk").values_list("account__code", "way", "day")
    return {(code, action.value): on for code, way, on in found for action in ACTIONS[way]}


def unread(account: Account) -> date | None:
    """The figures' day, if anything was logged at the account since, of which they know nothing."""
    refresh = scorecards.current()
    if refresh is None:
        return None
    logged = Activity.objects.filter(account=account, day__gt=refresh.as_of, put_away_at=None)
    return refresh.as_of if logged.exists() else None
