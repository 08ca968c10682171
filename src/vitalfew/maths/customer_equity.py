"""What a base of customers is worth, what it returned, and how much winning and keeping should cost.

Rates are given per period and as fractions. Retention is the share that stays from one period to the next.

    100 customers now, margin 10 a period, retention .8, discount rate .1   →   100 × 10 × 1.1/.3 = 3,666.67

Blattberg, R. C. & Deighton, J. (1996). Manage marketing by the customer equity test. Harvard Business Review 74(4).
Gupta, S., Lehmann, D. R. & Stuart, J. A. (2004). Valuing customers. J. Marketing Research 41(1).
Peppers, D. & Rogers, M. (2005). Return on Customer. Currency/Doubleday.
Rust, R. T., Lemon, K. N. & Zeithaml, V. A. (2004). Return on marketing. J. Marketing 68(1).
"""

from typing import NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats, floats
from vitalfew.maths.discounting import Timing, margin_multiple


def cohorts_value(counts: Floats, margin: float, retention: float, rate: float, costs: Floats | float = 0.0) -> float:
    """What customers now and those won in later periods are worth: ``sum_k n_k/(1+i)^k [m (1+i)/(1+i-r) - c_k]``.

    ``counts`` and ``costs`` have an entry a cohort, the first for those who are here; each cohort's first margin comes at
    the start of its first period. Gupta, Lehmann & Stuart 2004.

    >>> round(cohorts_value(np.array([100.0]), 10.0, 0.8, 0.1), 2)
    3666.67
    >>> round(cohorts_value(np.array([100.0, 20]), 10.0, 0.8, 0.1, np.array([0.0, 15])), 2)
    4060.61
    """
    cohort = floats(counts)
    worth = margin * margin_multiple(retention, rate, timing=Timing.START) - costs
    return float(np.sum(cohort * (1.0 + rate) ** -np.arange(float(cohort.size)) * worth))


def return_on_customer(profit: float, opening: float, closing: float) -> float | None:
    """The period's profit and the growth of customer equity by the equity at its start; ``None`` unless that is above 0.

    ``(profit + closing - opening) / opening``. Peppers & Rogers 2005.

    >>> return_on_customer(20.0, 100.0, 95.0), return_on_customer(20.0, -1.0, 95.0)
    (0.15, None)
    """
    return (profit + closing - opening) / opening if opening > 0 else None


def preservation(opening: float, closing: float) -> float | None:
    """What became of the customer equity over a period: ``closing / opening``; ``None`` unless the opening is above 0.

    >>> preservation(100.0, 95.0), preservation(0.0, 95.0)
    (0.95, None)
    """
    return closing / opening if opening > 0 else None


def return_on_marketing(change: float, cost: float) -> float | None:
    """What an improvement returned: ``(change of customer equity - cost) / cost``; ``None`` without a cost.

    >>> round(return_on_marketing(101.3, 70.0), 3)
    0.447
    """
    return (change - cost) / cost if cost > 0 else None


class Spending(NamedTuple):
    """How a rate answers to spending: ``ceiling (1 - exp(-steepness spend))``."""

    ceiling: float
    steepness: float

    def reached(self, spend: float) -> float:
        return float(self.ceiling * -np.expm1(-self.steepness * spend))


def answer_to_spending(ceiling: float, spend: float, rate: float) -> Spending:
    """The curve through what is spent now, the rate it gives, and the highest rate that any spending could give.

    ``steepness = -ln(1 - rate/ceiling)/spend``. Refused (``ValueError``): a rate outside 0 … ceiling, no spending, a
    ceiling above 1. Blattberg & Deighton 1996.

    >>> round(answer_to_spending(0.40, 5.0, 0.15).steepness, 6)
    0.094001
    """
    if not 0 < rate < ceiling <= 1 or spend <= 0:
        raise ValueError("a rate lies between 0 and its ceiling, which is at most 1, and spending is above 0")
    return Spending(ceiling, float(-np.log1p(-rate / ceiling) / spend))


def equity_per_prospect(  # noqa: PLR0917  (the equation has as many)
    margin: float, acquisition: float, won: float, keeping: float, kept: float, rate: float
) -> float:
    """What a prospect is worth: ``a m - A + a (m - R/r) r'/(1-r')`` with ``r' = r/(1+d)``.

    ``acquisition`` A is spent a prospect and wins the share ``won`` a; ``keeping`` R is spent a period and customer of the
    period before and keeps the share ``kept`` r; ``margin`` m a period. Blattberg & Deighton 1996.

    >>> round(equity_per_prospect(100.0, 5.0, 0.15, 10.0, 0.5, 0.1), 4)
    20.0
    """
    lasting = won * (margin * kept - keeping) / (1.0 + rate - kept)
    return won * margin - acquisition + lasting


class Budget(NamedTuple):
    """What to spend on winning a prospect and on keeping a customer, and what a prospect is then worth."""

    acquisition: float
    keeping: float
    equity: float


def best_budget(margin: float, winning: Spending, keeping: Spending, rate: float) -> Budget:
    """Where a prospect is worth most: `equity_per_prospect` over A and R, each from 0.

    R is best where ``r'(R) (m (1+d) - R) = 1 + d - r(R)``, whatever A; A then where ``a'(A)`` times what a customer is worth
    is 1.

    >>> best = best_budget(100.0, Spending(0.4, 0.094), Spending(0.7, 0.1), 0.1)
    >>> round(best.acquisition, 2), round(best.keeping, 2), round(best.equity, 2)
    (20.68, 25.66, 43.02)
    """
    from scipy.optimize import brentq

    def gain(spend: float) -> float:
        slope = keeping.ceiling * keeping.steepness * np.exp(-keeping.steepness * spend)
        return float(slope * (margin * (1.0 + rate) - spend) - (1.0 + rate - keeping.reached(spend)))

    spend = float(brentq(gain, 0.0, margin * (1.0 + rate))) if margin > 0 and gain(0.0) > 0 else 0.0
    kept = keeping.reached(spend)
    customer = margin + (margin * kept - spend) / (1.0 + rate - kept)
    first = winning.ceiling * winning.steepness * customer
    acquisition = float(np.log(first) / winning.steepness) if first > 1 else 0.0
    won = winning.reached(acquisition)
    return Budget(acquisition, spend, equity_per_prospect(margin, acquisition, won, spend, kept, rate))
