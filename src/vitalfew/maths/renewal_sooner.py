"""What makes contracts end sooner: Cox's proportional hazards over the renewals they came to.

A contract lost at its k-th renewal is an event at ``k``; one that survived ``k`` was still at risk after it. Ties are many, and
Efron's. Contracts whose first renewals were not watched are left out: those among them that were lost early are not there.

    ratio     how many times the hazard is at one standard deviation more of a number, or where a word holds
    apart     how likely the trend of its residuals is where hazards are proportional (`cox`)

Ten losses for each column are needed, and thirty in all.

    lost at their renewals 1, 2, 3, one still there after 3; a sign held for the first and the third  →  2.56 times

Cox, D. R. (1972). JRSS B 34(2). Peduzzi, P., Concato, J., Feinstein, A. R. & Holford, T. R. (1995). Importance of events per
independent variable in proportional hazards regression analysis. J. of Clinical Epidemiology 48(12).
"""

from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths import cox
from vitalfew.maths.arrays import Floats
from vitalfew.maths.renewal_hazard import Renewals
from vitalfew.maths.renewal_risk import FEWEST, watched
from vitalfew.maths.signs import Columns

A_COLUMN: Final = 10
_TWO: Final = 2


class Sooner(NamedTuple):
    """A hazard ratio for each column with its 95 % interval, and how well each is proportional (p); losses it rests on."""

    ratio: Floats
    low: Floats
    high: Floats
    proportional: Floats
    losses: int


def enough(made: Columns, losses: int) -> bool:
    """Whether there are losses enough for so many columns."""
    return losses >= max(FEWEST, A_COLUMN * made.sign.size) and bool(made.sign.size)


def sooner(made: Columns, seen: Renewals) -> Sooner | None:
    """The ratios; none with too few losses, or where they cannot be determined.

    >>> from vitalfew.maths.arrays import Floats
    >>> lost = np.array([True, True, True, False] * 12)
    >>> z = np.tile([1.0, -1, 1, -1], 12)[:, None]
    >>> made = Columns(z, np.array([0]), np.array([False]))
    >>> ends = np.array([1, 2, 3, 3] * 12)
    >>> bool(sooner(made, Renewals(np.zeros_like(ends), ends, ends, lost)).ratio[0] > 1)
    True
    """
    some = watched(seen) & (seen.first == 0)
    lost = seen.lost[some]
    if not enough(made, int(lost.sum())):
        return None
    times = np.where(lost, seen.seen[some], seen.seen[some] + 0.5)
    values = made.values[some]
    try:
        found = cox.fit(times, lost, values)
    except cox.NotDetermined:
        return None
    ends = (found.coefficients, *(np.log(each) for each in found.hazard_ratios()[1:]))
    ratio, low, high = (np.exp(each * _one_more(made.values)) for each in ends)
    return Sooner(ratio, low, high, cox.proportional(times, lost, values, found), int(lost.sum()))


def _one_more(values: Floats) -> Floats:
    """A step of each standardised column: from no to yes where there are but two values, else one standard deviation."""
    two = np.array([np.unique(column).size <= _TWO for column in values.T])
    return np.where(two, np.ptp(values, axis=0), 1.0)
