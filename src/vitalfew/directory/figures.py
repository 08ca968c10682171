"""What was counted of an organisation in twelve months and in the twelve before, and what can be told from it.

    late share   lines late or short / lines whose promised day has passed, with Wilson's interval
    direction    Newcombe's interval of the difference to the year before: below nought better, above it worse, else unclear

Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in Medicine 17.
"""

from dataclasses import dataclass

from vitalfew.directory.kinds import Basis, Direction
from vitalfew.maths.intervals import newcombe, wilson


@dataclass(frozen=True)
class Counted:
    """Net sales, lines due and late, complaints about delivery; of this year and the one before."""

    basis: Basis
    accounts: int = 0
    sales: float | None = None
    sales_before: float | None = None
    due: int = 0
    late: int = 0
    due_before: int = 0
    late_before: int = 0
    complaints: int | None = None
    complaints_before: int | None = None

    @property
    def late_share(self) -> float | None:
        """Of the lines that were due.

        >>> Counted(Basis.OWN, due=40, late=10).late_share
        0.25
        """
        return self.late / self.due if self.due else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return tuple(wilson(self.late, self.due)) if self.due else None  # type: ignore[return-value]  # it has two ends

    @property
    def growth(self) -> float | None:
        """Of net sales; none where there were none before."""
        if not self.sales_before or self.sales_before <= 0 or self.sales is None:
            return None
        return self.sales / self.sales_before - 1

    @property
    def direction(self) -> Direction | None:
        """Of lateness.

        >>> Counted(Basis.OWN, due=400, late=20, due_before=400, late_before=80).direction
        <Direction.BETTER: 'better'>
        """
        if not self.due or not self.due_before:
            return None
        low, high = newcombe(self.late, self.due, self.late_before, self.due_before)
        if high < 0:
            return Direction.BETTER
        return Direction.WORSE if low > 0 else Direction.UNCLEAR
