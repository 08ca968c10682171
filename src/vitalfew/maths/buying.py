"""Which purchase process a book speaks for, and what it says of every customer.

Five processes of customers who may leave unnoticed are known: BG/NBD, MBG/NBD, Pareto/NBD for buying at random, BG/CNBD-k
and MBG/CNBD-k for even buying. All give the likelihood of the same data, the times of the purchases, so they can be
compared by Schwarz's criterion, with ``m`` parameters and ``n`` customers:

    BIC = m ln n - 2 ln L

The simplest, BG/NBD, stands unless another's BIC is lower by more than 6, which is strong evidence (Kass & Raftery); of
those the lowest is taken. Where there are more than 20,000 customers every so-many-th of them chooses.

    CDNOW, 2,357 customers: ln L -9582.43 BG/NBD, -9582.13 MBG/NBD  →  BIC lower by .59 only: BG/NBD

Schwarz, G. (1978). Estimating the dimension of a model. Annals of Statistics 6(2). Kass, R. E. & Raftery, A. E. (1995).
Bayes factors. JASA 90(430).
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np

from vitalfew.maths import beta_geometric_forecast as forecast
from vitalfew.maths import bg_cnbd_k, bg_nbd, mbg_nbd, pareto_nbd
from vitalfew.maths.arrays import Floats
from vitalfew.maths.beta_geometric import Kind
from vitalfew.maths.beta_geometric_counts import purchases_at_least
from vitalfew.maths.counts import alike
from vitalfew.maths.fits import Fit, draws
from vitalfew.maths.histories import seen

SIMPLEST: Final = "bg-nbd"
_STRONG: Final = 6.0
SAMPLE: Final = 20_000
"""So many customers tell which process fits."""
_DRAWS: Final = 12
_SMALL: Final = 5_000
_NOTHING: Final = 1e-4


class Process(NamedTuple):
    """The module of a process, and what else its functions are asked with."""

    module: Any
    more: Mapping[str, Any]
    early: int = 0

    @property
    def even(self) -> bool:
        """Whether it needs the logarithms of the waits."""
        return self.module is bg_cnbd_k


PROCESSES: Final[Mapping[str, Process]] = MappingProxyType(
    {
        "bg-nbd": Process(bg_nbd, {}),
        "mbg-nbd": Process(mbg_nbd, {}, 1),
        "pareto-nbd": Process(pareto_nbd, {}),
        "bg-cnbd-k": Process(bg_cnbd_k, {"early": 0}),
        "mbg-cnbd-k": Process(bg_cnbd_k, {"early": 1}, 1),
    }
)


class Known(NamedTuple):
    """What is known of each customer: repeat purchases, time of the last, age; sums of the waits' logarithms; weights."""

    x: Floats
    recency: Floats
    age: Floats
    log_intervals: Floats | None = None
    weights: Floats | None = None

    def of(self, part: Any) -> "Known":
        """Some of the customers."""
        logs, weights = (None if column is None else column[part] for column in (self.log_intervals, self.weights))
        return Known(self.x[part], self.recency[part], self.age[part], logs, weights)

    @property
    def seen(self) -> tuple[Floats, Floats, Floats]:
        return self.x, self.recency, self.age


class Ahead(NamedTuple):
    """For each customer: chance to be there, purchases to come, the same discounted, chance of none, their variance."""

    alive: Floats
    expected: Floats
    discounted: Floats
    none: Floats
    variance: Floats


def fit(name: str, known: Known, order: int | None = None) -> Fit:
    """The named process fitted, even buying to its order where that is known.

    Refused (``ValueError``) is what the process refuses, and even buying without logarithms.
    """
    process = PROCESSES[name]
    if not process.even:
        found: Fit = process.module.fit(*known.seen, known.weights)
        return found
    if known.log_intervals is None:
        raise ValueError("even buying is told by the logarithms of the waits")
    more: Mapping[str, Any] = {} if order is None else {"smallest_k": order, "largest_k": order}
    return bg_cnbd_k.fit(*known.seen, known.log_intervals, known.weights, early=process.early, **more)


def bic(found: Fit) -> float:
    """Schwarz's criterion of a fit.

    >>> round(bic(Fit(dict(r=1.0, alpha=1.0, a=1.0, b=1.0), -9582.43, {}, None, 2357, 1, True, True, (), ())), 2)
    19195.92
    """
    return len(found.parameters) * float(np.log(found.n)) - 2 * found.log_likelihood


def candidates(known: Known) -> dict[str, Fit]:
    """Every process that can be told from what is known, fitted; to a sample of very many customers."""
    some = known.of(slice(None, None, -(-known.x.size // SAMPLE)))
    return {name: fit(name, some) for name, one in PROCESSES.items() if not one.even or known.log_intervals is not None}


def order(found: Fit) -> int | None:
    """The order of even buying; none of a process of buying at random."""
    return int(found.parameters["k"]) if "k" in found.parameters else None


def best(fits: Mapping[str, Fit]) -> str:
    """The name of the process whose fit is clearly better than the simplest's, of those the best; else the simplest."""
    told = {name: bic(found) for name, found in fits.items()}
    lowest = min(told, key=lambda name: told[name])
    return lowest if told[lowest] < told[SIMPLEST] - _STRONG else SIMPLEST


def best_at_random(fits: Mapping[str, Fit]) -> str:
    """The same among the processes of buying at random."""
    return best({name: found for name, found in fits.items() if not PROCESSES[name].even})


def chance_of_any(name: str, found: Fit, known: Known, horizon: float) -> Floats:
    """How likely each customer is to buy within the next ``horizon``."""
    tails = _at_least(name, found.parameters, known, horizon)
    next(tails)
    return np.clip(next(tails), 0.0, 1.0)


def ahead(name: str, found: Fit, known: Known, horizon: float, rate: float) -> Ahead:
    """What the process says of the next ``horizon``, a later purchase counting ``exp(-rate t)``."""
    module, more, _early = PROCESSES[name]
    expected = module.expected_purchases(found, horizon, *known.seen, **more)
    discounted = _discounted(name, found, known, horizon, rate) if rate > 0 else expected
    alive = module.p_alive(found, *known.seen, **more)
    return Ahead(alive, expected, discounted, *_spread(name, found, known, horizon))


def _spread(name: str, found: Fit, known: Known, horizon: float) -> tuple[Floats, Floats]:
    """The chance of no purchase and the counts' variance, over draws of the parameters where customers are few."""
    drawn = _drawn(found) if known.x.size <= _SMALL else [found.parameters]
    none, first, second = np.zeros((3, known.x.size))
    for some in alike(rate(found, known) * horizon):
        part = known.of(some)
        for parameters in drawn:
            any_, mean, square = _moments(name, parameters, part, horizon)
            none[some] += 1.0 - any_
            first[some] += mean
            second[some] += square
    none, first, second = (each / len(drawn) for each in (none, first, second))
    return np.clip(none, 0.0, 1.0), np.maximum(second - first**2, 0.0)


def _moments(name: str, parameters: Mapping[str, float], known: Known, horizon: float) -> tuple[Floats, Floats, Floats]:
    """Chance of any, mean and mean square, from the chances of 0, 1, 2 … or more where there is no shorter way."""
    if name == "pareto-nbd":
        return pareto_nbd.moments_ahead(parameters, horizon, *known.seen)
    tails = _at_least(name, parameters, known, horizon)
    next(tails)
    any_ = next(tails)
    mean, square, least = any_.copy(), any_.copy(), 2
    for tail in tails:
        mean += tail
        square += (2 * least - 1) * tail
        least += 1
        if tail.max(initial=0.0) * least < _NOTHING:
            break
    return any_, mean, square


def _at_least(name: str, parameters: Mapping[str, float], known: Known, horizon: float) -> Iterator[Floats]:
    if name == "pareto-nbd":
        return pareto_nbd.purchases_at_least(parameters, horizon, *known.seen)
    kind = Kind(int(parameters.get("k", 1)), PROCESSES[name].early)
    return purchases_at_least(forecast.shape_of(parameters), kind, horizon, seen(*known.seen))


def _drawn(found: Fit) -> list[dict[str, float]]:
    """Parameters that the data leave possible: draws, but for those that make the book buy e times as fast or as slowly."""
    fixed = {each: value for each, value in found.parameters.items() if each not in found.names}
    drawn = [dict(zip(found.names, row, strict=True)) | fixed for row in draws(found, _DRAWS).tolist()]
    usual = _pace(found.parameters)
    return [each for each in drawn if abs(_pace(each) - usual) < 1] or [found.parameters]


def _pace(parameters: Mapping[str, float]) -> float:
    return float(np.log(parameters["r"] / parameters["alpha"]))


def _discounted(name: str, found: Fit, known: Known, horizon: float, rate: float) -> Floats:
    module, more, _early = PROCESSES[name]
    answer: Floats = module.discounted_expected_purchases(found, *known.seen, horizon=horizon, rate=rate, **more)
    return answer


def rate(found: Fit, known: Known) -> Floats:
    """How often each customer buys in a unit of time while it is there: ``(r + k x)/(k alpha + k T)`` with ``k`` phases.

    >>> fit = Fit(dict(r=1.0, alpha=2.0, k=2.0), 0.0, {}, None, 1, 1, True, True, (), ())
    >>> float(rate(fit, Known(np.array([3.0]), np.array([8.0]), np.array([9.0])))[0].round(4))
    0.3182
    """
    r, alpha, k = (found.parameters.get(name, 1.0) for name in ("r", "alpha", "k"))
    return np.asarray((r + k * known.x) / (alpha + known.age) / k)


def sum_error(name: str, found: Fit, known: Known, horizon: float, worth: Floats) -> float:
    """How far the sum of ``worth`` times purchases may be off because the parameters are uncertain.

    The standard deviation over 12 draws of the parameters; 0 for more than 5,000 customers, who determine them.
    """
    if known.x.size > _SMALL or found.covariance is None:
        return 0.0
    module, more, _early = PROCESSES[name]
    sums = [worth @ module.expected_purchases(drawn, horizon, *known.seen, **more) for drawn in _drawn(found)]
    return float(np.std(sums))
