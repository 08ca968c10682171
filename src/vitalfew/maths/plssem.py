"""Paths between things that are only seen through questions: partial least squares, Mode A.

Each construct is the weighted sum of its own questions, scaled to variance 1. The weights follow from what the neighbouring
constructs say of it, turn about, until nothing moves:

    inner estimate   z_j = sum_i e_ij y_i        over the constructs next to j
    factorial        e_ij = cor(y_i, y_j)
    path             predecessors of j: the weights of y_j regressed on them; successors: their correlations
    Mode A           w_jk ∝ cov(x_jk, z_j)

Paths are then least squares on the constructs. All of it needs the correlations only, so a printed matrix does. A sign is free:
loadings of a construct sum above 0.

Wold, H. (1982). Soft modeling. In: Systems under Indirect Observation. Lohmöller, J.-B. (1989). Latent Variable Path Modeling.
Tenenhaus, M., Vinzi, V. E., Chatelin, Y.-M. & Lauro, C. (2005). PLS path modeling. CSDA 48(1).
Dijkstra, T. K. & Henseler, J. (2015). Consistent partial least squares path modeling. MIS Quarterly 39(2).
Fornell, C. et al. (1996). The American Customer Satisfaction Index. J. Marketing 60(4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from vitalfew.maths.arrays import Floats, floats
from vitalfew.maths.reliability import composite, correlations_of, extracted, part

Scheme = Literal["path", "factorial"]
ROUNDS: Final = 500
STILL: Final = 1e-12
STILL_ENOUGH: Final = 1e-6
"""For a drawn sample, whose chance is larger by far."""


@dataclass(frozen=True)
class Model:
    """The questions of each construct (places in the matrix), and which constructs lead to which."""

    blocks: Sequence[Sequence[int]]
    leading: Mapping[int, Sequence[int]]
    """For each construct that is explained, those that explain it."""

    @property
    def questions(self) -> int:
        return sum(len(block) for block in self.blocks)


@dataclass(frozen=True)
class Paths:
    """What was found. ``paths`` holds (from, to): coefficient; loadings and weights are in the order of the questions."""

    weights: Floats
    loadings: Sequence[Floats]
    scores: Floats
    """Correlations of the constructs."""
    paths: Mapping[tuple[int, int], float]
    explained: Mapping[int, float]
    rounds: int

    @property
    def reliability(self) -> list[float]:
        """Composite reliability (rho C) of each construct."""
        return [composite(each) for each in self.loadings]

    @property
    def extracted(self) -> list[float]:
        return [extracted(each) for each in self.loadings]


def fit(correlations: Floats, model: Model, scheme: Scheme = "path", still: float = STILL) -> Paths:
    """Weights, loadings and paths from the questions' correlations.

    Refuses (``ValueError``) constructs without a neighbour and weights that don't settle in 500 rounds.

    >>> r = np.array([[1, 0.6, 0.4, 0.4], [0.6, 1, 0.4, 0.4], [0.4, 0.4, 1, 0.6], [0.4, 0.4, 0.6, 1]])
    >>> round(fit(r, Model([[0, 1], [2, 3]], {1: [0]})).paths[0, 1], 4)
    0.5
    """
    member = _membership(model)
    weights = _standardised(member, correlations)
    for number in range(1, ROUNDS + 1):
        scores = weights.T @ correlations @ weights
        fresh = _standardised(member * (correlations @ weights @ _inner(scores, model, scheme)), correlations)
        fresh *= np.where((member * (correlations @ fresh)).sum(axis=0) < 0, -1.0, 1.0)
        moved = float(np.abs(fresh - weights).max())
        weights = fresh
        if moved < still:
            return _paths(correlations, weights, model, number)
    raise ValueError("the weights don't settle")


def adjusted(explained: float, respondents: int, predecessors: int) -> float:
    """The share explained, less what so many predecessors explain by chance: ``1 - (1-R²)(n-1)/(n-p-1)``."""
    return 1.0 - (1.0 - explained) * (respondents - 1) / (respondents - predecessors - 1)


def consistent(found: Paths, correlations: Floats, model: Model) -> dict[tuple[int, int], float]:
    """Paths freed of what unreliable questions take away: ``r_ij / sqrt(rhoA_i rhoA_j)``, then least squares.

    Dijkstra & Henseler 2015. Refuses (``ValueError``) constructs of which too little is common, and freed correlations that no
    data could have.
    """
    rho = rho_a(found, correlations, model)
    if not (rho > 0).all():
        raise ValueError("the questions of a construct have nothing in common")
    freed = found.scores / np.sqrt(np.outer(rho, rho))
    np.fill_diagonal(freed, 1.0)
    if np.linalg.eigvalsh(freed)[0] <= 0:
        raise ValueError("freed of error, constructs cannot be told apart")
    return _regressed(freed, model)[0]


def rho_a(found: Paths, correlations: Floats, model: Model) -> Floats:
    """Dijkstra & Henseler's reliability of each construct's weighted sum; 1 for a single question."""
    return np.array([_rho_a(found.weights[block, j], correlations, block) for j, block in enumerate(model.blocks)])


def bootstrap(
    answers: Floats, model: Model, scheme: Scheme = "path", *, draws: int = 200, seed: int = 1, confidence: float = 0.95
) -> dict[tuple[int, int], tuple[float, float]]:
    """Between which values each path lies: percentiles over respondents drawn with replacement, always the same draws.

    Draws in which a question has no variance, or the weights don't settle, are left out.
    """
    chance = np.random.default_rng(seed)
    found = []
    for _draw in range(draws):
        drawn = correlations_of(answers[chance.integers(0, answers.shape[0], answers.shape[0])])
        if drawn is not None:
            try:
                found.append(list(fit(drawn, model, scheme, STILL_ENOUGH).paths.values()))
            except ValueError:
                continue
    if not found:
        return {}
    tail = (1 - confidence) / 2
    ends = np.quantile(np.array(found), [tail, 1 - tail], axis=0).T.tolist()
    names = [(before, after) for after, leading in model.leading.items() for before in leading]
    return {name: (low, high) for name, (low, high) in zip(names, ends, strict=True)}


@dataclass(frozen=True)
class Drivers:
    """What drives what: (from, to, path, low, high), the share explained of each explained construct, and the rows used.

    ``freed`` has the paths freed of error, empty where the questions do not allow it; ``rho`` the reliability of each
    construct, ``index`` its weighted questions from 0 to 100, NaN where a question weighs nothing or less.
    """

    paths: list[tuple[int, int, float, float | None, float | None]]
    explained: Mapping[int, float]
    rows: int
    freed: Mapping[tuple[int, int], float]
    rho: Floats
    index: Floats


def drivers(answers: Floats, model: Model, *, least: int = 50, most: int = 5000, draws: int = 200) -> Drivers | None:
    """Paths with their intervals from the complete rows; ``None`` for too few, without variance or where nothing settles.

    Answers run from 0 to 1. Of more than ``most`` rows evenly spaced ones are taken: intervals of so many are narrow enough.
    """
    whole = answers[~np.isnan(answers).any(axis=1)]
    whole = whole[:: max(1, whole.shape[0] // most)]
    matrix = correlations_of(whole)
    if whole.shape[0] < least or matrix is None:
        return None
    try:
        found = fit(matrix, model)
    except ValueError:
        return None
    ends = bootstrap(whole, model, draws=draws)
    paths = [(a, b, value, *ends.get((a, b), (None, None))) for (a, b), value in found.paths.items()]
    try:
        freed = consistent(found, matrix, model)
    except ValueError:
        freed = {}
    return Drivers(
        paths, found.explained, whole.shape[0], freed, rho_a(found, matrix, model), _indices(found, whole, model)
    )


def _indices(found: Paths, answers: Floats, model: Model) -> Floats:
    """The weights are those of standardised questions: each by its spread is that of the question as it was asked."""
    raw = found.weights.sum(axis=1) / answers.std(axis=0)
    weights = [raw[list(block)] for block in model.blocks]
    means = [answers[:, list(block)].mean(axis=0) for block in model.blocks]
    return np.array(
        [index(w, mean, 0.0, 1.0) if (w > 0).all() else np.nan for w, mean in zip(weights, means, strict=True)]
    )


def index(weights: Floats, means: Floats, low: Floats | float, high: Floats | float) -> float:
    """The weighted questions from 0 to 100: ``(sum w x - sum w low) / sum w (high - low)``; on 1 … 10 the ACSI score.

    >>> round(index(np.array([0.4, 0.3, 0.3]), np.array([8.0, 7, 7]), 1, 10), 2)
    71.11
    """
    return float((weights * (means - low)).sum() / (weights * (np.asarray(high) - low)).sum() * 100)


def _membership(model: Model) -> Floats:
    neighbours = {each for after, leading in model.leading.items() if leading for each in (after, *leading)}
    if neighbours != set(range(len(model.blocks))):
        raise ValueError("every construct needs a neighbour")
    member = np.zeros((model.questions, len(model.blocks)))
    for number, block in enumerate(model.blocks):
        member[list(block), number] = 1.0
    return member


def _standardised(weights: Floats, correlations: Floats) -> Floats:
    """Weights that give constructs of variance 1."""
    variance = np.einsum("ij,ik,kj->j", weights, correlations, weights)
    if not (variance > 0).all():
        raise ValueError("a construct has no variance")
    return floats(weights / np.sqrt(variance))


def _inner(scores: Floats, model: Model, scheme: Scheme) -> Floats:
    inner = np.zeros_like(scores)
    for after, leading in model.leading.items():
        before = list(leading)
        inner[after, before] = scores[after, before]
        inner[before, after] = scores[before, after] if scheme == "factorial" else _weights(scores, after, before)
    return inner


def _weights(scores: Floats, after: int, before: Sequence[int]) -> Floats:
    return floats(np.linalg.solve(part(scores, before, before), scores[list(before), after]))


def _regressed(scores: Floats, model: Model) -> tuple[dict[tuple[int, int], float], dict[int, float]]:
    paths: dict[tuple[int, int], float] = {}
    explained: dict[int, float] = {}
    for after, leading in model.leading.items():
        before = list(leading)
        weights = _weights(scores, after, before)
        paths |= {(each, after): float(weight) for each, weight in zip(before, weights, strict=True)}
        explained[after] = float(weights @ scores[before, after])
    return paths, explained


def _paths(correlations: Floats, weights: Floats, model: Model, rounds: int) -> Paths:
    scores = floats(weights.T @ correlations @ weights)
    loading = correlations @ weights
    paths, explained = _regressed(scores, model)
    loadings = [floats(loading[list(block), number]) for number, block in enumerate(model.blocks)]
    return Paths(weights, loadings, scores, paths, explained, rounds)


def _rho_a(weights: Floats, correlations: Floats, block: Sequence[int]) -> float:
    if len(block) == 1:
        return 1.0
    inside = part(correlations, block, block)
    off, square = inside - np.diag(np.diag(inside)), np.outer(weights, weights)
    bottom = weights @ (square - np.diag(np.diag(square))) @ weights
    return float((weights @ weights) ** 2 * (weights @ off @ weights) / bottom)
