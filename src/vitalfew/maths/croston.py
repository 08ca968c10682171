"""Forecasts of demand that comes now and then, and how one calls such demand.

The size of a demand and the time between two demands are smoothed apart, at demands only (Croston 1972):

    z ← z + alpha (y − z)      p ← p + beta (q − p)      forecast a period  f = z / p

SBA takes off the bias of the ratio, ``f (1 − beta/2)``. TSB smooths the *probability* of a demand in every period instead
of the interval, so that what is no longer bought fades out: ``prob ← prob + beta (1{y>0} − prob)``, ``f = z prob``.

    0 2 0 0 3 0 1, alpha = beta = 0.1   →   Croston 0.952153, SBA 0.904545, TSB 0.947728

All start from the first demand: ``z`` its size, ``p`` its place (1 the first period), ``prob = 1/p``. Other packages start
from mean intervals, hence from other figures. NaN is a period that nobody observed; it counts neither as demand nor as
time. Not for demand in most periods: exponential smoothing says more there.

Croston, J. D. (1972). Operational Research Quarterly 23(3). Syntetos, A. A. & Boylan, J. E. (2005). International Journal
of Forecasting 21(2) (SBA). Teunter, R. H., Syntetos, A. A. & Babai, M. Z. (2011). European Journal of Operational Research
214(3) (TSB). Syntetos, A. A., Boylan, J. E. & Croston, J. D. (2005). Journal of the Operational Research Society 56(5)
(classes).
"""

from typing import Final, Literal, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats, Ints, blocks

ADI_CUT: Final = 1.32
CV2_CUT: Final = 0.49
CLASSES: Final = ("smooth", "erratic", "intermittent", "lumpy", "none")
_BLOCK: Final = 2_048


class Intermittent(NamedTuple):
    """The forecast of every later period, by each method; 0 where nothing was ever asked for.

    ``size`` and ``chance`` are what TSB multiplies: the usual size of a demand, and how likely one is in a period.
    """

    croston: Floats
    sba: Floats
    tsb: Floats
    size: Floats
    chance: Floats


class Classes(NamedTuple):
    """Mean interval between demands, squared variation of their sizes, and the class's place in `CLASSES`."""

    adi: Floats
    cv2: Floats
    kind: Ints


def croston(
    series: Floats, alpha: float = 0.1, beta: float = 0.1, start: tuple[Floats, Floats] | None = None
) -> Intermittent:
    """The forecasts of all series (series, periods), demands at or above 0.

    ``start`` are sizes and chances to begin with, one a series, where the first demand says too little: a series that is
    followed from its first order on always begins with one.

    >>> [round(float(f[0]), 6) for f in croston(np.array([[0.0, 2, 0, 0, 3, 0, 1]]))[:3]]
    [0.952153, 0.904545, 0.947728]
    """
    if not (0 < alpha <= 1 and 0 < beta <= 1):
        raise ValueError("a smoothing weight lies above 0 and up to 1")
    rows = np.atleast_2d(np.asarray(series, dtype=np.float64))
    size, interval, chance = np.zeros((3, rows.shape[0]))
    for part in blocks(rows.shape[0], _BLOCK):
        begin = None if start is None else (start[0][part], start[1][part])
        size[part], interval[part], chance[part] = _smoothed(np.ascontiguousarray(rows[part].T), alpha, beta, begin)
    rate = size / interval
    return Intermittent(rate, rate * (1.0 - beta / 2.0), size * chance, size, chance)


def _smoothed(
    periods: Floats, alpha: float, beta: float, start: tuple[Floats, Floats] | None
) -> tuple[Floats, Floats, Floats]:
    """Size, interval and chance of a demand after a block (periods, series).

    Before the first demand nothing moves, since every state already is what that demand will make it.
    """
    missing = np.isnan(periods)
    observed = ~missing if missing.any() else None
    demanded = periods > 0
    first = demanded.argmax(axis=0)
    any_demand = demanded.any(axis=0)
    size = np.where(any_demand, np.take_along_axis(periods, first[None], axis=0)[0], 0.0)
    place = first + 1.0
    if observed is not None:
        place -= (missing & (np.arange(len(periods))[:, None] < first)).sum(axis=0)
        periods = np.nan_to_num(periods)
    interval, chance = place.copy(), 1.0 / place
    if start is not None:
        size, chance = (each.copy() for each in start)
        interval = 1.0 / np.maximum(chance, 1e-9)
    waited, begun = np.ones(size.size), np.zeros(size.size)
    hits, step = demanded.astype(np.float64), np.empty(size.size)
    for period, (sold, hit) in enumerate(zip(periods, hits, strict=True)):
        seen = 1.0 if observed is None else observed[period]
        np.subtract(hit, chance, out=step)
        step *= begun
        step *= beta * seen
        chance += step
        np.subtract(sold, size, out=step)
        step *= hit
        step *= alpha
        size += step
        np.subtract(waited, interval, out=step)
        step *= hit
        step *= beta
        interval += step
        np.multiply(waited, hit, out=step)
        waited -= step
        waited += seen
        np.maximum(begun, hit, out=begun)
    return size, interval, np.where(any_demand, chance, 0.0)


def classes(series: Floats) -> Classes:
    """How each series (series, periods) comes: by interval ``ADI`` ≥ 1.32 and squared variation of sizes ``CV²`` ≥ 0.49.

    ``ADI`` is observed periods over demands, ``CV²`` the variance of the sizes (divided by their number) over their
    squared mean. Below both: smooth; sizes alone vary: erratic; intervals alone: intermittent; both: lumpy; no demand:
    none, with NaN figures.

    >>> found = classes(np.array([[0.0, 2, 0, 0, 3, 0, 1]]))
    >>> round(float(found.adi[0]), 3), round(float(found.cv2[0]), 3), CLASSES[found.kind[0]]
    (2.333, 0.167, 'intermittent')
    """
    rows = np.atleast_2d(np.asarray(series, dtype=np.float64))
    demands = rows > 0
    n = demands.sum(axis=1)
    mean = np.where(demands, rows, 0.0).sum(axis=1) / np.maximum(n, 1)
    spread = np.where(demands, (rows - mean[:, None]) ** 2, 0.0).sum(axis=1) / np.maximum(n, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        adi = np.where(n > 0, (~np.isnan(rows)).sum(axis=1) / n, np.nan)
        cv2 = np.where(n > 0, spread / mean**2, np.nan)
    kind = (cv2 >= CV2_CUT).astype(np.int64) + 2 * (adi >= ADI_CUT)
    return Classes(adi, cv2, np.where(n > 0, kind, CLASSES.index("none")))


def intermittent(series: Floats, method: Literal["croston", "sba", "tsb"] = "sba", alpha: float = 0.1) -> Floats:
    """The forecast by one method, both weights alike."""
    found: Floats = getattr(croston(series, alpha, alpha), method)
    return found
