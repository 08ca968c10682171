"""Whether plans help: accounts with one beside accounts in the same danger that had none.

As a plan begins, up to three accounts are noted whose risk of leaving then lay within ten points of its own, whose sales lay
between half and twice its own, and which had no plan, the nearest first. Once the time of a plan is over, it is asked of both
whether they bought within it. Noted before anybody knew what would come, they can't be chosen to please.

    d = share of accounts with a plan that bought − share of those beside them,   95 % interval by `newcombe`

Who of those beside got a plan of its own within that time is left out, and one that stands beside several plans counts once.
Below ten of either kind nothing is said. They were not drawn by lot: who gets a plan may be whom we think we can keep.

Newcombe, R. G. (1998). Statistics in Medicine 17(8), method 10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Final

from vitalfew.accounts.models import Account
from vitalfew.language import Count, Message, Percent
from vitalfew.maths.intervals import Interval, newcombe
from vitalfew.rescues.buying import Span, bought
from vitalfew.rescues.models import Rescue
from vitalfew.rescues.words import RescueState
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

BESIDE: Final = 3
NEAR: Final = 0.1
TIMES: Final = 2.0
READ: Final = 300
FEWEST: Final = 10


def beside(card: Scorecard) -> list[str]:
    """The accounts in the same danger without a plan, the nearest first."""
    if card.churn is None or not card.revenue_12m or card.revenue_12m <= 0:
        return []
    planned = Rescue.objects.filter(state=RescueState.RUNNING, put_away_at=None).values("account__code")
    near = Scorecard.objects.filter(
        refresh=card.refresh_id, churn__range=(card.churn - NEAR, card.churn + NEAR),
        revenue_12m__range=(card.revenue_12m / TIMES, card.revenue_12m * TIMES),
    )  # fmt: skip
    rows = near.exclude(customer=card.customer).exclude(customer__in=planned).order_by("customer")[:READ]
    return [row.customer for row in sorted(rows, key=lambda row: (_distance(card, row), row.customer))[:BESIDE]]


def _distance(one: Scorecard, other: Scorecard) -> float:
    """Ten points of risk weigh as much as double the sales."""
    risk = abs((one.churn or 0.0) - (other.churn or 0.0)) / NEAR
    return risk + abs(log((one.revenue_12m or 1.0) / (other.revenue_12m or 1.0))) / log(TIMES)


@dataclass(frozen=True)
class Judged:
    """How many of each kind there were, how many bought within the time, and what may be said of it."""

    planned: int
    stayed: int
    beside: int
    stayed_beside: int

    @property
    def difference(self) -> Interval | None:
        if min(self.planned, self.beside) < FEWEST:
            return None
        return newcombe(self.stayed, self.planned, self.stayed_beside, self.beside)

    @property
    def message(self) -> Message:
        found = self.difference
        if found is None:
            text = _(
                "Whether plans help cannot be told yet: of {n} {n:plan|plans} and {beside} {beside:account|accounts} beside "
                "them the time is over; ten of each are needed"
            )
            return Message(text, {"n": Count(self.planned), "beside": Count(self.beside)})
        return Message(_verdict(found), self._figures(found))

    def _figures(self, found: Interval) -> dict[str, Percent | Count]:
        share, other = self.stayed / self.planned, self.stayed_beside / self.beside
        return {
            "share": Percent(share, 0), "n": Count(self.planned), "other": Percent(other, 0), "beside": Count(self.beside),
            "difference": Percent(share - other, 0), "low": Percent(found.low, 0), "high": Percent(found.high, 0),
        }  # fmt: skip


def _verdict(found: Interval) -> str:
    if found.low > 0:
        return _(
            "Plans help: {share} of {n} accounts with a plan bought again, {other} of {beside} in the same danger without "
            "one; {difference} more ({low} to {high})"
        )
    if found.high < 0:
        return _(
            "With a plan fewer bought again: {share} of {n}, without one {other} of {beside} in the same danger; "
            "{difference} ({low} to {high}). Look at what was done and whom it was done for"
        )
    return _(
        "No difference can be told: {share} of {n} accounts with a plan bought again, {other} of {beside} in the same danger "
        "without one; {difference} ({low} to {high})"
    )


def judged(rows: Sequence[Rescue], day: date) -> Judged:
    """The plans whose time was over by that day, up to which the facts tell; those called off are no plans."""
    over = [row for row in rows if row.until <= day and row.state != RescueState.CALLED_OFF]
    kept = [n > 0 for n in bought([Span(row.account.codes, row.begun_on, row.until) for row in over])]
    spans = _beside(over)
    others = [n > 0 for n in bought(spans)]
    return Judged(len(kept), sum(kept), len(others), sum(others))


def _beside(over: Sequence[Rescue]) -> list[Span]:
    """Each account once, at the first plan it stands beside; none that had a plan of its own meanwhile."""
    codes = {code for row in over for code in row.beside}
    known = {each.code: each for each in Account.objects.filter(code__in=codes, merged_into=None)}
    own = _own(codes)
    found: dict[str, Span] = {}
    for row in sorted(over, key=lambda each: (each.begun_on, each.pk)):
        for code in row.beside:
            free = all(until <= row.begun_on or begun > row.until for begun, until in own.get(code, ()))
            if code in known and free:
                found.setdefault(code, Span(known[code].codes, row.begun_on, row.until))
    return list(found.values())


def _own(codes: set[str]) -> Mapping[str, list[tuple[date, date]]]:
    """The times of these accounts' own plans."""
    found: dict[str, list[tuple[date, date]]] = {}
    rows = Rescue.objects.filter(account__code__in=codes, put_away_at=None).exclude(state=RescueState.CALLED_OFF)
    for code, begun, until in rows.values_list("account__code", "begun_on", "until"):
        found.setdefault(code, []).append((begun, until))
    return found


def card_of(account: Account) -> Scorecard | None:
    """What the latest refresh says of it."""
    refresh = scorecards.current()
    return Scorecard.objects.filter(refresh=refresh, customer=account.code).first() if refresh else None
