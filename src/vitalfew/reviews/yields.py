"""What each tier brought and cost: of the accounts that a round put in a tier, the twelve months before it and the latest ones.

    then    net sales, gross margin, cost to serve, contribution of the twelve months up to the figures of the round
    later   the same accounts, by the figures of the next round or, of the last one, of the latest refresh

The later months overlap with the earlier ones where the rounds are less than a year apart; until ``LEAST`` months have
passed in force, nothing is told. Accounts were sorted by this very figure: the best of them fall back and the worst rise by
chance alone, whatever was done for them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Refusal
from vitalfew.home import Home
from vitalfew.reviews import questions
from vitalfew.reviews.models import Decision, Review
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards

FEWEST: Final = 5
"""Of fewer accounts no sum is compared: a single order would decide it."""
LEAST: Final = 3
YEAR_MONTHS: Final = 12
MONEY: Final = ("revenue", "gross_margin", "cost_to_serve")
ROUNDS: Final = 8


@dataclass(frozen=True)
class Sums:
    """What some accounts bought, earned and cost us in twelve months."""

    revenue: float
    gross_margin: float
    cost_to_serve: float

    @property
    def contribution(self) -> float:
        return self.gross_margin - self.cost_to_serve


@dataclass(frozen=True)
class Yield:
    """A tier of a round: its accounts, and what they brought before and later."""

    tier: Tier
    accounts: int
    then: Sums
    later: Sums | None

    @property
    def is_few(self) -> bool:
        return self.accounts < FEWEST

    @property
    def change(self) -> float | None:
        """By how much the contribution differs later; none where it cannot be told."""
        return None if self.later is None or self.is_few else self.later.contribution - self.then.contribution


@dataclass(frozen=True)
class RoundYield:
    """A round, until which day it is looked at, how many months it had been in force by then, and its tiers."""

    review: Review
    until: date | None
    months: int
    tiers: list[Yield]

    @property
    def is_early(self) -> bool:
        return self.until is None or self.months < LEAST


def yields(home: Home) -> list[RoundYield]:
    """The last rounds that were approved, the latest first."""
    rounds = list(questions.approved()[:ROUNDS])
    return [_round(home, review, rounds[place - 1] if place else None) for place, review in enumerate(rounds)]


def _round(home: Home, review: Review, following: Review | None) -> RoundYield:
    until, later = (following.as_of, _decided(following)) if following else _latest(home, review)
    months = _months(review.in_force_from or review.as_of, until) if until else 0
    early = later is None or months < LEAST
    return RoundYield(review, until, months, _tiers(_decided(review), None if early else later))


def _latest(home: Home, review: Review) -> tuple[date | None, pa.Table | None]:
    refresh = scorecards.current()
    if refresh is None or refresh.as_of <= review.as_of:
        return None, None
    try:
        table = scorecards.result(home, refresh, "contribution").table
    except Refusal:
        return None, None
    return refresh.as_of, table.select(["customer", *MONEY]).set_column(
        0, "customer", table["customer"].cast(pa.string())
    )


def _months(since: date, until: date) -> int:
    """Whole months from one day to the other."""
    return max((until.year - since.year) * YEAR_MONTHS + until.month - since.month - (until.day < since.day), 0)


def _decided(review: Review) -> pa.Table:
    """The round's accounts with their tier and their figures, where these are known."""
    rows = Decision.objects.filter(review=review, gross_margin__isnull=False, cost_to_serve__isnull=False)
    names = ("customer", "decided", *MONEY)
    columns: list[Any] = list(zip(*rows.values_list(*names).iterator(), strict=True)) or [()] * len(names)
    types = (pa.string(), pa.string(), *[pa.float64()] * len(MONEY))
    return pa.table({name: pa.array(cells, kind) for name, cells, kind in zip(names, columns, types, strict=True)})


def _tiers(then: pa.Table, later: pa.Table | None) -> list[Yield]:
    found = []
    for tier in Tier:
        mine = then.filter(pc.equal(then["decided"], tier.value))
        if len(mine):
            found.append(Yield(tier, len(mine), _sums(mine), None if later is None else _sums(_of(later, mine))))
    return found


def _of(later: pa.Table, mine: pa.Table) -> pa.Table:
    """The later rows of the same accounts; who bought nothing any more has none and counts as nothing."""
    return later.filter(pc.is_in(later["customer"], value_set=mine["customer"].combine_chunks()))


def _sums(table: pa.Table) -> Sums:
    return Sums(*(float(pc.sum(table[name]).as_py() or 0.0) for name in MONEY))
