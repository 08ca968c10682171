"""The days on which an analysis would have been asked: a rolling origin.

    the first   18 months after the book begins        the last   one horizon before it ends
    step        3 months, counted back from the last, so that the latest outcome is never left out

    book of 1,096 days, horizon 162  →  days 933, 842, 751, 660, 569 after its start

Tashman, L. J. (2000). Out-of-sample tests of forecasting accuracy. International Journal of Forecasting 16(4).
"""

from collections.abc import Sequence
from typing import Final

TRAINING: Final = 548
STEP: Final = 91


def origins(
    first_day: int, last_day: int, horizon: int, since: int | None = None, until: int | None = None
) -> Sequence[int]:
    """The days, earliest first; ``since`` and ``until`` narrow them, and may ask for a shorter past.

    >>> origins(0, 1095, 162)
    [569, 660, 751, 842, 933]
    """
    earliest = first_day + TRAINING if since is None else max(since, first_day)
    latest = last_day - horizon if until is None else min(until, last_day - horizon)
    return list(range(latest, earliest - 1, -STEP))[::-1]
