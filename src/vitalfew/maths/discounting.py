"""What money that comes later is worth today.

Rates are given per period and as fractions: .12 is 12 %. Retention is the share of customers who stay from one period
to the next under a contract; the share who happened to buy again is not one.

    retention .8, discount rate .12   →   2.50 margins of a period; 2.857 where margins grow by 5 % a period

Gupta, S. & Lehmann, D. R. (2003). Customers as assets. Journal of Interactive Marketing 17(1).
Gupta, S. & Lehmann, D. R. (2005). Managing Customers as Investments. Wharton School Publishing.
Berger, P. D. & Nasr, N. I. (1998). Customer lifetime value: marketing models and applications. Journal of Interactive
Marketing 12(1).
"""

from enum import StrEnum

import numpy as np

from vitalfew.maths.arrays import Floats, floats


class Diverges(ValueError):
    """The sum has no end: margins grow as fast as discounting and losses shrink them."""


class Timing(StrEnum):
    """When in its period a margin comes: the first at once, half a period later, or after a whole one."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


def npv(flows: Floats, rate: float, timing: Timing = Timing.END) -> float:
    """What the flows of the coming periods are worth today: ``sum_t flow_t/(1 + rate)^t``, ``t`` = 1, 2, 3 ….

    With ``Timing.START`` each comes a period earlier, with ``MIDDLE`` half a one. Money in, the same money out. Refused
    (``ValueError``) is a rate at or below -1.

    >>> [round(npv(np.array([110.0]), 0.1, timing), 2) for timing in Timing]
    [110.0, 104.88, 100.0]
    """
    _refuse(rate)
    earlier = {Timing.START: 1.0, Timing.MIDDLE: 0.5, Timing.END: 0.0}[timing]
    money = floats(flows)
    return float(money @ (1.0 + rate) ** -(np.arange(1.0, money.size + 1.0) - earlier))


def lifetime_value(
    margins: Floats, retention: float, rate: float, acquisition: float = 0.0, timing: Timing = Timing.START
) -> float:
    """What a new customer is worth who may leave after each period: ``sum_t m_t r^t/(1+i)^t - AC``, ``t`` = 0, 1, 2 ….

    ``timing`` tells whether the first margin comes at once, as the formula has it, or half a period or a whole later;
    each margin has been reached by those who stayed so often. Refused (``ValueError``): a retention outside 0 … 1.

    >>> round(lifetime_value(np.array([100.0, 100, 100]), 0.8, 0.1, acquisition=50), 2)
    175.62
    """
    _refuse(rate, retention)
    money = floats(margins)
    return npv(money * retention ** np.arange(money.size), rate, timing) - acquisition


def margin_multiple(retention: float, rate: float, growth: float = 0.0, timing: Timing = Timing.END) -> float:
    """How many of today's margins a customer is worth for all time.

    ``r/(1 + i - r(1 + g))`` where the first margin comes at the end of the first period from those who stayed (Gupta &
    Lehmann 2003, 2005); ``(1 + i)/(1 + i - r(1 + g))`` with ``Timing.START``, where it comes now from all. Refused: no
    sum exists unless ``r(1 + g) < 1 + i`` (`Diverges`); ``MIDDLE``, and rates out of range (``ValueError``).

    >>> round(margin_multiple(0.8, 0.12), 3), round(margin_multiple(0.8, 0.12, growth=0.05), 3)
    (2.5, 2.857)
    """
    _refuse(rate, retention)
    if timing is Timing.MIDDLE or growth <= -1:
        raise ValueError("margins come at the start or at the end of a period, and fall by less than all")
    shrinking = 1.0 + rate - retention * (1.0 + growth)
    if shrinking <= 0:
        raise Diverges("margins grow as fast as discounting and losses shrink them")
    return (1.0 + rate if timing is Timing.START else retention) / shrinking


def berger_nasr(margin: float, promotion: float, retention: float, rate: float, periods: int) -> float:
    """What a customer is worth who brings a margin each period and costs a promotion between two of them.

    ``GC sum_{i=0}^{n} r^i/(1+d)^i - M sum_{i=1}^{n} r^(i-1)/(1+d)^(i-.5)``: Berger & Nasr (1998), case 1.

    >>> round(berger_nasr(260, 50, 0.75, 0.20, 10), 2)
    568.78
    """
    _refuse(rate, retention)
    period = np.arange(periods + 1.0)
    gained = (retention / (1.0 + rate)) ** period
    spent = retention ** (period[1:] - 1.0) * (1.0 + rate) ** -(period[1:] - 0.5)
    return float(margin * gained.sum() - promotion * spent.sum())


def _refuse(rate: float, retention: float = 0.0) -> None:
    if not rate > -1:
        raise ValueError("a discount rate is above -1")
    if not 0 <= retention <= 1:
        raise ValueError("a retention lies between 0 and 1")
