"""The stages of a journey as a line: each with its checks, what is done of them, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from vitalfew.journeys.models import Check, Journey
from vitalfew.journeys.words import STAGES, CheckStanding, CheckState, Stage


@dataclass(frozen=True)
class OneStage:
    """A stage with its checks."""

    stage: Stage
    checks: list[Check]
    is_now: bool

    @property
    def settled(self) -> int:
        return sum(not each.is_open for each in self.checks)

    @property
    def is_settled(self) -> bool:
        return bool(self.checks) and self.settled == len(self.checks)

    @property
    def overdue(self) -> int:
        return sum(each.standing is CheckStanding.OVERDUE for each in self.checks)

    @property
    def left_out(self) -> int:
        return sum(each.state == CheckState.LEFT_OUT for each in self.checks)

    @property
    def mark(self) -> str:
        """How its piece of the line is drawn: late, done, going on, or still to come."""
        if self.overdue:
            return "hangs"
        if self.is_settled:
            return "spread"
        return "between" if self.is_now else ""


def stages(row: Journey, checks: Iterable[Check]) -> list[OneStage]:
    """In their order, stages without a check too."""
    known = list(checks)
    return [
        OneStage(stage, [each for each in known if each.stage == stage], row.is_open and row.stage == stage)
        for stage in STAGES
    ]
