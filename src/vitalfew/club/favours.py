"""Members of levels with the green channel go first, the higher level the sooner."""

from collections.abc import Mapping
from datetime import date

from vitalfew.club.models import Member
from vitalfew.rooms import Favour


def favours(day: date) -> Mapping[str, Favour]:
    rows = Member.objects.current().filter(since__lte=day, level__green=True, level__put_away_at=None)
    return {
        row.account.code: Favour(row.level.rank, row.level.names) for row in rows.select_related("account", "level")
    }
