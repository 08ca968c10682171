"""Which advice is taken, why not, and whether accounts earn more since it was.

    taken     = accepted / answered                         Wilson's 95 % interval
    better    = earning more since / all that can be told   each account's months beside the same months a year before

An account earns more since if the interval of its change lies above nothing (`treatments.judging`): six whole months at
least. Below ten of them nothing is said. Who takes advice chooses where: it shows what came after it, not that the advice
alone did it.

    12 answered, 9 accepted  →  75 % (47 % to 91 %)

Wilson, E. B. (1927). JASA 22.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vitalfew.advice.models import Advice
from vitalfew.advice.words import AdviceState, Reason
from vitalfew.maths.intervals import Interval, wilson
from vitalfew.terms import NextAction
from vitalfew.treatments.measuring import since
from vitalfew.treatments.words import Effect
from vitalfew.warehouse import scorecards

FEWEST: Final = 10
ACTIONS: Final = {each.value: each for each in NextAction}
REASONS: Final = {each.value: each for each in Reason}


@dataclass(frozen=True)
class Share:
    """So many of so many; its interval where there are any."""

    n: int
    of: int

    @property
    def share(self) -> float | None:
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.n, self.of) if self.of else None

    @property
    def tells(self) -> bool:
        return self.of >= FEWEST


@dataclass(frozen=True)
class Weighed:
    """What became of one kind of advice."""

    action: NextAction
    taken: Share
    done: int
    in_time: Share
    reasons: list[tuple[Reason, int]]
    better: Share


def weighed(rows: Sequence[Advice]) -> list[Weighed]:
    """By kind, the one most often answered first."""
    kinds = Counter(row.action for row in rows)
    better = _earning_more(rows)
    return [
        _of_kind(ACTIONS[kind], [row for row in rows if row.action == kind], better) for kind, _n in kinds.most_common()
    ]


def _of_kind(action: NextAction, rows: Sequence[Advice], better: dict[int, bool]) -> Weighed:
    done = [row for row in rows if row.state == AdviceState.DONE]
    timed = [row.was_in_time for row in done if row.was_in_time is not None]
    told = [better[row.pk] for row in done if row.pk in better]
    reasons = Counter(REASONS[row.reason] for row in rows if row.reason)
    accepted = sum(row.state != AdviceState.DECLINED for row in rows)
    return Weighed(
        action, Share(accepted, len(rows)), len(done), Share(sum(timed), len(timed)), reasons.most_common(),
        Share(sum(told), len(told)),
    )  # fmt: skip


def _earning_more(rows: Iterable[Advice]) -> dict[int, bool]:
    """Of those done whose months can be told: whether the account earns more."""
    refresh = scorecards.current()
    if refresh is None:
        return {}
    found = {
        row.pk: since(row.account.codes, row.done_on, refresh.as_of, refresh.currency)
        for row in rows
        if row.done_on and row.done_on < refresh.as_of
    }
    return {pk: each.effect is Effect.BETTER for pk, each in found.items() if each.change is not None}
