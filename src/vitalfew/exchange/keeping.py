"""Each morning: what each exchange of data changed, worked out from the facts and kept."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction

from vitalfew.exchange import four_weeks, telling
from vitalfew.exchange.effect import DAYS, MOST, YEAR, Compared, compared
from vitalfew.exchange.four_weeks import Facts
from vitalfew.exchange.models import DataEffect, DataExchange
from vitalfew.exchange.words import Gain
from vitalfew.warehouse import scorecards

YEARS: Final = 3
"""So many years are looked back at most."""


def renew() -> int:
    """Of all that is agreed on and has begun; what is put away has no effect any more."""
    shown = scorecards.current()
    rows = list(DataExchange.objects.filter(put_away_at=None).select_related("account")) if shown else []
    DataEffect.objects.exclude(account__in=[row.account_id for row in rows]).delete()
    for row in rows:
        if shown:
            _keep(row, shown.as_of)
    return len(rows)


@transaction.atomic
def _keep(row: DataExchange, as_of: date) -> None:
    until = min(as_of, row.until or as_of)
    facts = four_weeks.read(row.account, row.since - timedelta(days=YEAR * YEARS), until)
    for gain in Gain:
        found = measured(gain, facts, row.since, until)
        fields = {
            "verdict": found.verdict.value, "agreed_on": row.since, "as_of": until, "before": found.mean_before,
            "since": found.mean_since, "change": found.change, "low": found.low, "high": found.high,
            "weeks_before": found.before * 4, "weeks_since": found.since * 4, "same_season": found.same_season,
            "why": telling.sentence(gain, found).stored(),
        }  # fmt: skip
        DataEffect.objects.update_or_create(account=row.account, gain=gain.value, defaults=fields)


def measured(gain: Gain, facts: Facts, begin: date, until: date) -> Compared:
    """The last year of what is agreed on, beside the same season before it, else beside the last four weeks before it."""
    whole = max((until - begin).days + 1, 0) // DAYS
    numbers = range(max(0, whole - MOST), whole)
    back = YEAR * -(-(whole * DAYS) // YEAR)

    def figures(those: range, earlier: int = 0) -> dict[int, float]:
        found = {each: four_weeks.figure(gain, facts, four_weeks.weeks(begin, each, earlier), until) for each in those}
        return {each: value for each, value in found.items() if value is not None}

    season = figures(numbers, back) if back <= YEAR * YEARS else {}
    return compared(figures(numbers), season, list(figures(range(-len(numbers), 0)).values()))
