"""Whether contracts will be renewed, by how long they have run and by what is known of them: proportional hazards.

With the base hazard ``h_k`` of the k-th renewal (`renewal_hazard`) and the terms ``x`` of a contract's signs (`signs`),

    P(lost at the k-th)  =  1 - (1 - h_k)^r          r = exp(a + x b)

One row a contract: with ``c_j = -ln(1 - h_j)`` it survived the earlier renewals watched with the chance ``exp(-r sum c_j)``
and was lost at the last, or survived it. ``b`` is drawn towards 0 (`ridge`). Where the base hazard falls from renewal to
renewal, it and the regression are found again under the risks found first: those at most risk are lost first, which is part
of the fall.

Three ways are tried, each on ten parts of the customers by what the other nine teach: the duration alone; the signs as
they are; the signs with thresholds, and pairs of the six that count most. The simplest is used whose deviance is within
one standard error (of the difference) of the best. With fewer than thirty losses, or thirty that stayed, nothing is
learned.

    h .2, twice the risk: 1 - .8² = .36; the coefficient's standard error .3: .24 … .52 with 90 %

Prentice, R. L. & Gloeckler, L. A. (1978). Biometrics 34(1). Holford, T. R. (1980). The analysis of rates and survivorship
using log-linear models. Biometrics 36(2). Breiman, L. et al. (1984). Classification and Regression Trees (one standard
error). Stone, M. (1974). Cross-validatory choice. JRSS B 36(2).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints, blocks
from vitalfew.maths.renewal_hazard import Base, Renewals, base
from vitalfew.maths.ridge import Ridge, hazards
from vitalfew.maths.signs import Columns, Terms, linear, paired, thresholds

DURATION, SIGNS, PAIRS = "duration", "signs", "pairs"
WAYS: Final = (DURATION, SIGNS, PAIRS)
FEWEST: Final = 30
FOLDS: Final = 10
_SAMPLE: Final = 10_000
_STRONG: Final = 6
_PENALTY: Final = {SIGNS: 3.0, PAIRS: 10.0}
_Z: Final = 1.6449
_FARTHEST: Final = 6.0
_BLOCK: Final = 50_000
_LEAST: Final = 1e-12


class Learned(NamedTuple):
    """The base hazard and the regression: the level's coefficient first, then one a term."""

    base: Base
    terms: Terms
    ridge: Ridge

    def risk(self, values: Floats) -> Floats:
        """How many times the base risk each contract has."""
        linear_part = np.concatenate(
            [
                self.ridge.coefficients[0] + self.terms.of(values[part]) @ self.ridge.coefficients[1:]
                for part in _parts(values)
            ]
        )
        return np.asarray(np.exp(np.clip(linear_part, -_FARTHEST, _FARTHEST)))


class Next(NamedTuple):
    """The chance that each contract is lost at its next renewal, its 90 % interval, and the risk against the base."""

    chance: Floats
    low: Floats
    high: Floats
    risk: Floats


class Proof(NamedTuple):
    """What each way would have said of contracts it did not learn from, and what came; the way that is used."""

    way: str
    deviance: Mapping[str, float]
    said: Mapping[str, Floats]
    lost: Floats


def watched(seen: Renewals) -> Bools:
    """Which contracts came to a renewal that was watched: of the others nothing can be learned."""
    return seen.seen > seen.first


def few(seen: Renewals) -> bool:
    """Whether there are too few losses, or too few others, to learn from signs."""
    some = watched(seen)
    return min(int((some & seen.lost).sum()), int((some & ~seen.lost).sum())) < FEWEST


def sample(seen: Renewals) -> Ints:
    """The contracts that are learned from: evenly spread ones where there are very many."""
    known = np.flatnonzero(watched(seen))
    return np.asarray(known[:: -(-known.size // _SAMPLE) or 1])


def learn(made: Columns, seen: Renewals, way: str, length: int) -> Learned:
    """The hazard and the coefficients by contracts of which each was watched, for ``length`` renewals."""
    alike = np.ones(seen.lost.size)
    start = base(seen, alike, length)
    if way == DURATION or not made.sign.size:
        nothing = linear(Columns(made.values[:, :0], made.sign[:0], made.graded[:0]))
        return Learned(start, nothing, Ridge(np.zeros(1), np.array([[1 / max(float(seen.lost.sum()), 1.0)]])))
    terms = linear(made) if way == SIGNS else thresholds(made)
    first = _fitted(terms.of(made.values), seen, start, _PENALTY[way])
    if way == PAIRS:
        terms = paired(terms, made, _strongest(terms, made, first.coefficients[1:]))
        first = _fitted(terms.of(made.values), seen, start, _PENALTY[way])
    found = base(seen, Learned(start, terms, first).risk(made.values), length)
    if found.alpha is None and start.alpha is None:
        return Learned(start, terms, first)
    return Learned(found, terms, _fitted(terms.of(made.values), seen, found, _PENALTY[way]))


def _fitted(values: Floats, seen: Renewals, found: Base, penalty: float) -> Ridge:
    survived = found.between(seen.first, np.where(seen.lost, seen.seen - 1, seen.seen))
    columns = np.column_stack([np.ones(seen.lost.size), values])
    penalties = np.append(0.0, np.full(values.shape[1], penalty))
    return hazards(columns, seen.lost.astype(np.float64), survived, found.at(np.maximum(seen.seen, 1)), penalties)


def _strongest(terms: Terms, made: Columns, coefficients: Floats) -> Ints:
    """The signs whose part of the logarithm of the risk varies most."""
    parts = by_sign(terms, made, coefficients, made.values)
    return np.argsort(-parts.std(axis=0), kind="stable")[:_STRONG]


def by_sign(terms: Terms, made: Columns, coefficients: Floats, values: Floats) -> Floats:
    """What each sign adds to the logarithm of each contract's risk, a pair's part shared by its two."""
    weight = np.zeros((coefficients.size, int(made.sign.max(initial=-1)) + 1))
    for each in terms.signs(made.sign):
        np.add.at(weight, (np.arange(coefficients.size), each), coefficients / 2)
    return np.concatenate([terms.of(values[part]) @ weight for part in _parts(values)])


def ahead(learned: Learned, values: Floats, renewal: Ints) -> Next:
    """What is to be expected of each contract's next renewal, which is its ``renewal``-th.

    >>> hazard, nothing = Base(np.full(3, -np.log(0.8)), np.zeros(3), None, None), np.zeros((1, 0))
    >>> alike = linear(Columns(nothing, *np.zeros((2, 0), int)))
    >>> known = Learned(hazard, alike, Ridge(np.log([2.0]), np.full((1, 1), 0.09)))
    >>> [round(float(each[0]), 2) for each in ahead(known, nothing, np.array([2]))]
    [0.36, 0.24, 0.52, 2.0]
    """
    risk, error = learned.risk(values), _error(learned, values)
    hazard = learned.base.at(renewal)
    half = _Z * np.hypot(error, learned.base.error[renewal - 1])
    low, high = (-np.expm1(-hazard * risk * np.exp(end)) for end in (-half, half))
    return Next(-np.expm1(-hazard * risk), low, high, risk)


def _error(learned: Learned, values: Floats) -> Floats:
    """The standard error of the logarithm of the risk."""

    def of(part: slice) -> Floats:
        columns = np.column_stack([np.ones(values[part].shape[0]), learned.terms.of(values[part])])
        return np.asarray(np.einsum("ij,ij->i", columns @ learned.ridge.covariance, columns))

    return np.asarray(np.sqrt(np.maximum(np.concatenate([of(part) for part in _parts(values)]), 0.0)))


def prove(made: Columns, seen: Renewals, customer: Ints, length: int) -> Proof:
    """Each way tried on ten parts of the customers, by what the others teach."""
    ways = (DURATION,) if few(seen) or not made.sign.size else WAYS
    fold = np.unique(customer, return_inverse=True)[1] % FOLDS
    said = {way: np.zeros(seen.lost.size) for way in ways}
    deviance = {way: np.zeros(seen.lost.size) for way in ways}
    for each in np.unique(fold):
        others, here = fold != each, fold == each
        if not seen.lost[others].any():
            others = np.ones(fold.size, dtype=bool)
        for way in ways:
            learned = learn(made._replace(values=made.values[others]), seen.of(others), way, length)
            risk = learned.risk(made.values[here])
            said[way][here], deviance[way][here] = _told(learned.base, risk, seen.of(here))
    means = {way: float(each.mean()) for way, each in deviance.items()}
    return Proof(_simplest(deviance), means, said, seen.lost.astype(np.float64))


def _told(found: Base, risk: Floats, seen: Renewals) -> tuple[Floats, Floats]:
    """The chance to be lost by now, and the deviance: minus twice the logarithm of what came."""
    by_now = -np.expm1(-risk * found.between(seen.first, np.maximum(seen.due, seen.seen)))
    survived = risk * found.between(seen.first, np.where(seen.lost, seen.seen - 1, seen.seen))
    then = -np.expm1(-risk * found.at(np.maximum(seen.seen, 1)))
    return by_now, 2 * (survived - np.where(seen.lost, np.log(np.maximum(then, _LEAST)), 0.0))


def _simplest(deviance: Mapping[str, Floats]) -> str:
    """The first way that is not worse than the best by more than a standard error of the difference."""
    best = min(deviance.values(), key=lambda each: float(each.mean()))
    worse = {way: each - best for way, each in deviance.items()}
    return next(way for way, each in worse.items() if each.mean() <= each.std() / each.size**0.5 + _LEAST)


def _parts(values: Floats) -> list[slice]:
    return list(blocks(values.shape[0], _BLOCK)) or [slice(0, 0)]
