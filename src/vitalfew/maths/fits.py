"""What every fitted model has in common: its parameters, how sure they are, and whether the data determine them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Final

import numpy as np

from vitalfew.maths.arrays import Bools, Floats
from vitalfew.maths.histories import Histories
from vitalfew.maths.maximise import Box, Optimum, Point, maximise
from vitalfew.terms import Term, gettext_noop

_WIDE: Final = 3.0
"""A parameter whose logarithm is this uncertain may be twenty times larger or smaller: it is not determined."""

_FEW: Final = 30
_SMALL_PORTFOLIO: Final = 5_000
_DRAWS: Final = 50
_SAMPLES: Final = (5_000, 20_000)
"""How many of those who bought again are climbed first, before all are."""
_LAST_STEP: Final = 5e-4
_NARROWEST: Final = -9.0
_WIDEST: Final = 7.0


class Note(Term):
    """What should be known before a fit is relied on."""

    NOT_CONVERGED = "not_converged", gettext_noop("The fit did not settle; treat its figures as provisional.")
    AT_BOUND = (
        "at_bound",
        gettext_noop(
            "The data do not settle the model: take its figures with care (a parameter ran to the end of its range)."
        ),
    )
    FLAT = "flat", gettext_noop("Very different parameters explain the data equally well.")
    FEW = "few", gettext_noop("There are fewer than 30 customers.")
    NO_REPEATS = "no_repeats", gettext_noop("Nobody bought again, so nothing about repeat purchases can be learned.")
    NO_LOSSES = "no_losses", gettext_noop("Nobody left, so nothing about leaving can be learned.")
    DEPENDENT = "dependent", gettext_noop("How much is spent depends on how often: the model assumes it does not.")
    NO_MEAN = "no_mean", gettext_noop("Spending varies too much for a mean to exist in this model.")


@dataclass(frozen=True)
class Fit:
    """A fitted model.

    ``covariance`` is that of the parameters' natural logarithms, in the order of ``names``; ``None`` where the
    likelihood gives none. Standard errors belong to the parameters themselves (delta method), ``None`` where a
    parameter is not determined. Predictions may be good although ``identified`` is false.
    """

    parameters: dict[str, float]
    log_likelihood: float
    standard_errors: dict[str, float | None]
    covariance: Floats | None = field(compare=False, repr=False)
    n: float
    iterations: int
    converged: bool
    identified: bool
    notes: tuple[Note, ...]
    names: tuple[str, ...]
    seconds: float = field(compare=False, default=0.0)


Model = Fit | Mapping[str, float]
"""A fit, or its parameters by name: functions take either."""


def values(model: Model, names: tuple[str, ...]) -> tuple[float, ...]:
    """The named parameters of a fit or of a mapping; refuses (``ValueError``) what is missing or not above 0."""
    given = model.parameters if isinstance(model, Fit) else model
    missing = [name for name in names if not given.get(name, 0.0) > 0]
    if missing:
        raise ValueError(f"these parameters must be given and above 0: {', '.join(missing)}")
    return tuple(float(given[name]) for name in names)


def fitted(optimum: Optimum, names: tuple[str, ...], n: float, seconds: float, *notes: Note) -> Fit:
    """The fit at an optimum of the mean log-likelihood over ``n`` customers, taken in the parameters' logarithms."""
    parameters = np.exp(optimum.place)
    covariance = _covariance(optimum.point.hessian * n, ~optimum.bound)
    deviation = np.full(len(names), np.inf) if covariance is None else np.sqrt(np.diag(covariance))
    sure = (deviation < _WIDE) & ~optimum.bound
    return Fit(
        parameters=dict(zip(names, parameters.tolist(), strict=True)),
        log_likelihood=optimum.point.value * n,
        standard_errors={
            name: float(parameter * spread) if known else None
            for name, parameter, spread, known in zip(names, parameters, deviation, sure, strict=True)
        },
        covariance=covariance,
        n=n,
        iterations=optimum.iterations,
        converged=optimum.converged,
        identified=bool(sure.all()) and optimum.converged and not {Note.NO_REPEATS, Note.NO_LOSSES} & {*notes},
        notes=(*notes, *_notes(optimum, sure, n)),
        names=names,
        seconds=seconds,
    )


def fit_histories(
    known: Histories,
    function: Callable[[Histories, Floats], Point],
    names: tuple[str, ...],
    starts: Sequence[Sequence[float]],
) -> Fit:
    """The fit of ``function(known, logarithms)`` to histories, first to samples of them where there are many.

    A sample without an inner maximum was climbed from every start: what follows is climbed from its best place alone.
    ``starts`` are parameters for a unit in which a customer buys once; the second is a time, the fourth too if its
    name is ``beta``. Where all came today no time has passed, and any unit does.
    """
    started = perf_counter()
    timed = np.array([name in {"alpha", "beta"} for name in names])
    time = known.time or 1.0
    wait, age = np.log(time / max(known.purchases, 0.5)), np.log(time / known.n)
    box = Box(np.where(timed, age, 0.0) + _NARROWEST, np.where(timed, age, 0.0) + _WIDEST)
    places = [np.log(start) + np.where(timed, wait, 0.0) for start in starts]
    last_step = 0.0
    for step in (known.x.size // size for size in _SAMPLES):
        if step > 1:
            nearly = maximise(partial(function, known.every(step)), places, box, last_step=last_step)
            places, last_step = [nearly.place, *(places if nearly.clean else [])], _LAST_STEP
    optimum = maximise(partial(function, known), places, box, last_step=last_step)
    notes = () if known.purchases else (Note.NO_REPEATS,)
    return fitted(optimum, names, known.n, perf_counter() - started, *notes)


def draws(fit: Fit, n: int, seed: int = 0) -> Floats:
    """Parameters that the data leave possible: ``n`` draws, a row each, columns in the order of ``fit.names``.

    Their logarithms are multivariate normal with the curvature's covariance, the large-sample posterior; a parameter
    without one stays at its estimate, and none wanders more than three in the logarithm. The same seed gives the same
    draws.
    """
    centre = np.log([fit.parameters[name] for name in fit.names])
    if fit.covariance is None:
        return np.tile(np.exp(centre), (n, 1))
    variance, directions = np.linalg.eigh(fit.covariance)
    spread = directions * np.sqrt(np.maximum(variance, 0.0))
    normal = np.random.default_rng(seed).standard_normal((n, centre.size))
    return np.asarray(np.exp(centre + np.clip(normal @ spread.T, -_WIDE, _WIDE)))


def models(model: Model, names: tuple[str, ...], n_draws: int | None = None) -> list[dict[str, float]]:
    """The parameters to mix predictions over: draws from a fit, by default if it is one to few customers, or its own.

    50 draws are taken by default for up to 5,000 customers; with more the parameters are known too well to matter.
    """
    known = model if isinstance(model, Fit) else None
    if n_draws is None:
        n_draws = _DRAWS if known and known.n <= _SMALL_PORTFOLIO else 0
    if not known or not n_draws:
        return [dict(zip(names, values(model, names), strict=True))]
    return [dict(zip(known.names, row, strict=True)) for row in draws(known, n_draws).tolist()]


def _covariance(hessian: Floats, free: Bools) -> Floats | None:
    """The inverse curvature of the free parameters; a parameter at its bound has no spread."""
    curvature, directions = np.linalg.eigh(-hessian[np.ix_(free, free)])
    if curvature.size == 0 or curvature[0] <= 0:
        return None
    covariance = np.zeros_like(hessian)
    covariance[np.ix_(free, free)] = (directions / curvature) @ directions.T
    return covariance


def _notes(optimum: Optimum, sure: Bools, n: float) -> tuple[Note, ...]:
    true = (
        (Note.NOT_CONVERGED, not optimum.converged),
        (Note.AT_BOUND, optimum.bound.any()),
        (Note.FLAT, not sure[~optimum.bound].all()),
        (Note.FEW, n < _FEW),
    )
    return tuple(note for note, holds in true if holds)
