"""The result of a round, read from the facts of the latest refresh."""

from datetime import date

from vitalfew.recoveries.buying import Span, bought
from vitalfew.recoveries.judging import Judged
from vitalfew.recoveries.models import Recovery, WinBackRound
from vitalfew.recoveries.words import Arm, RecoveryState
from vitalfew.warehouse import scorecards


def judged(row: WinBackRound) -> Judged | None:
    """Over all of its accounts, whoever asks: counts and sums alone. None as long as nothing is computed."""
    refresh = scorecards.current()
    if refresh is None:
        return None
    kept = Recovery.objects.filter(winback_round=row, put_away_at=None, account__merged_into=None)
    rows = list(kept.exclude(state=RecoveryState.CALLED_OFF).select_related("account"))
    day = min(row.until, refresh.as_of)
    found = bought([_span(row, each, day) for each in rows], row.currency)
    both = list(zip(rows, found, strict=True))
    tried, alone = ([what for each, what in both if each.arm == arm] for arm in (Arm.TRIED, Arm.HELD_OUT))
    spent = sum(float(row.cost if each.spent is None else each.spent) for each in rows if each.arm == Arm.TRIED)
    return Judged(tried, alone, spent, row.currency, row.until, over=row.until <= refresh.as_of)


def _span(row: WinBackRound, each: Recovery, day: date) -> Span:
    return Span(each.account.codes, row.begun_on, day)
