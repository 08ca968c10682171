"""What accounts booked for a peak beyond what they were taken to need anyway, week by week.

An account's own forecast is part of what is needed of a product; its booking takes that part's place where it is larger. Accounts
without a forecast of their own are in what is left of the whole: together they add only what exceeds it. So nothing counts twice.

    all need 100, of which A 30, B 20; A booked 50, C 60, which nobody foretold   →   20 more for A, 10 more for C
"""

from collections.abc import Mapping
from datetime import date

from vitalfew.supply.weeks import DAY, LENGTH, Daily
from vitalfew.workdays import Calendar

Weeks = Mapping[date, float]


def beyond(need: float, foretold: Mapping[str, float], booked: Mapping[str, float]) -> float:
    """What is booked beyond the need of a week.

    >>> beyond(100.0, {"A": 30.0, "B": 20.0}, {"A": 50.0, "C": 60.0})
    30.0
    """
    known = sum(max(quantity - foretold[code], 0.0) for code, quantity in booked.items() if code in foretold)
    others = sum(quantity for code, quantity in booked.items() if code not in foretold)
    return known + max(others - max(need - sum(foretold.values()), 0.0), 0.0)


def more(  # noqa: PLR0917  (what is said of one week)
    week: date, need: float, booked: Mapping[str, Weeks], foretold: Mapping[str, Mapping[date, float]],
    worked: Calendar, own: Mapping[str, float],
) -> float:  # fmt: skip
    """Of a product in a week: what each account booked for it, what its months foretell, and how far planners moved that."""
    here = {code: weeks[week] for code, weeks in booked.items() if week in weeks}
    if not here:
        return 0.0
    until = week + DAY * LENGTH
    parts = {code: _of(months, worked).between(week, until) + own.get(code, 0.0) for code, months in foretold.items()}
    return beyond(need, parts, here)


def _of(months: Mapping[date, float], worked: Calendar) -> Daily:
    return Daily({month: (mean, mean) for month, mean in months.items()}, worked)
