"""What is known of contracts, as columns of numbers that a regression can take.

    numbers     standardised, held within the middle 99 %, or within the second from either end of few; the unknown is the
                mean, told by a column of its own
    words       a column of 0 and 1 for each but the commonest; those of fewer than 5 % or ten contracts count as one
    thresholds  max(0, z - knot) beside z, at the quantiles .2, .5 and .8: a risk that rises only from there on
    pairs       products of two such columns of different signs: what counts only together with something else

What is the same for all, or the same as an earlier column, is left out.

    2, 4, 6, unknown, 8, 10   →   4, 4, 6, 6, 8, 8 and 0, 0, 0, 1, 0, 0, both standardised

Friedman, J. H. (1991). Multivariate adaptive regression splines. Annals of Statistics 19(1) (hinges and their products).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints

MOST: Final = 60
"""Columns at most; later ones are left out."""
GRADED, UNKNOWN, RARE = -1, -2, -3
"""A column of numbers; of those not known; of all words that are rare."""
_QUANTILES: Final = (0.2, 0.5, 0.8)
_END: Final = 0.005
_BEYOND: Final = 1e100
_RARE: Final = 0.05
_FEW: Final = 10
_TWO: Final = 2
_SAME: Final = 0.9999
_NIL: Final = 1e-9
_NONE: Final = np.empty(0, dtype=np.int64)


class Sign(NamedTuple):
    """A number a contract, NaN where it is not known; or the code of a word, where there are ``words`` of them."""

    values: Floats
    words: int = 0


class Columns(NamedTuple):
    """Standardised columns (contracts × columns), the sign each comes from, and whether it is one of numbers.

    ``word``: the code of the word that a column of 0 and 1 tells of, ``UNKNOWN``, ``RARE``, or ``GRADED`` for numbers.
    """

    values: Floats
    sign: Ints
    graded: Bools
    word: Ints = np.empty(0, dtype=np.int64)


class Terms(NamedTuple):
    """How the regression's terms are made of columns: thresholds first, pairs of them after."""

    column: Ints
    knot: Floats
    left: Ints
    right: Ints
    centre: Floats
    scale: Floats

    def of(self, values: Floats) -> Floats:
        """The terms of some contracts, standardised as they were learned."""
        single = values[:, self.column]
        single = np.where(np.isinf(self.knot), single, np.maximum(single - self.knot, 0.0))
        n = self.column.size
        single = (single - self.centre[:n]) / self.scale[:n]
        pairs = (single[:, self.left] * single[:, self.right] - self.centre[n:]) / self.scale[n:]
        return np.hstack([single, pairs])

    def signs(self, sign: Ints) -> tuple[Ints, Ints]:
        """The two signs of each term, the same twice where it is no pair."""
        single = sign[self.column]
        return np.append(single, single[self.left]), np.append(single, single[self.right])


def columns(signs: Sequence[Sign], rows: int) -> Columns:
    """The columns of all signs of so many contracts.

    >>> columns([Sign(np.array([2.0, 4, 6, np.nan, 8, 10]))], 6).values.T.round(3).tolist()
    [[-1.225, -1.225, 0.0, 0.0, 1.225, 1.225], [-0.447, -0.447, -0.447, 2.236, -0.447, -0.447]]
    """
    made = [(*column, number, not each.words) for number, each in enumerate(signs) for column in _of(each)]
    kept: list[tuple[Floats, int, bool, int]] = []
    for column, word, number, graded in made:
        z = _standard(column)
        if z is not None and len(kept) < MOST and not any(abs(z @ other[0]) > _SAME * rows for other in kept):
            kept.append((z, number, graded and np.unique(z[:1000]).size > _TWO, word))
    if not kept:
        return Columns(np.zeros((rows, 0)), _NONE, np.zeros(0, dtype=bool))
    values, sign, several, told = zip(*kept, strict=True)
    return Columns(np.column_stack(values), np.array(sign), np.array(several), np.array(told))


def linear(made: Columns) -> Terms:
    """Each column as it is."""
    n = made.sign.size
    return Terms(np.arange(n), np.full(n, -np.inf), _NONE, _NONE, np.zeros(n), np.ones(n))


def thresholds(made: Columns) -> Terms:
    """Each column, and those of numbers from their quantiles on."""
    column, knot = [], []
    for number, graded in enumerate(made.graded):
        values = made.values[:, number]
        inside = np.unique(np.quantile(values, _QUANTILES)) if graded else np.empty(0)
        inside = inside[(inside > values.min()) & (inside < values.max())]
        column += [number] * (1 + inside.size)
        knot += [-np.inf, *inside]
    n = len(column)
    raw = Terms(np.array(column, dtype=np.int64), np.array(knot), _NONE, _NONE, np.zeros(n), np.ones(n))
    return _scaled(raw, made)


def paired(single: Terms, made: Columns, strong: Ints) -> Terms:
    """The same and the products of any two that belong to different ones of the strong signs."""
    sign = made.sign[single.column]
    some = np.flatnonzero(np.isin(sign, strong))
    left, right = (some[each] for each in np.triu_indices(some.size, 1))
    apart = sign[left] != sign[right]
    n = int(apart.sum())
    centre, scale = np.append(single.centre, np.zeros(n)), np.append(single.scale, np.ones(n))
    return _scaled(single._replace(left=left[apart], right=right[apart], centre=centre, scale=scale), made)


def _scaled(raw: Terms, made: Columns) -> Terms:
    """The terms standardised; what does not differ stays nil."""
    found = raw.of(made.values)
    centre, scale = found.mean(axis=0), found.std(axis=0)
    scale = np.where(scale > _NIL, scale, 1.0)
    return raw._replace(centre=raw.centre + raw.scale * centre, scale=raw.scale * scale)


def _of(sign: Sign) -> list[tuple[Floats, int]]:
    known = np.abs(sign.values) < _BEYOND
    if not known.any():
        return []
    if sign.words:
        return _words(sign.values, known, sign.words)
    values = sign.values[known]
    if np.unique(values).size > _TWO:
        low = np.quantile(values, _END, method="higher")
        values = np.clip(values, low, np.quantile(values, 1 - _END, method="lower"))
    filled = np.full(sign.values.size, values.mean())
    filled[known] = values
    return [(filled, GRADED), ((~known).astype(np.float64), UNKNOWN)]


def _words(codes: Floats, known: Bools, words: int) -> list[tuple[Floats, int]]:
    """0 and 1 for each word but the commonest; the unknown is one of them."""
    code = np.where(known, codes, words).astype(np.int64)
    counts = np.bincount(code, minlength=words + 1)
    rare = counts < max(_RARE * code.size, _FEW)
    code = np.where(rare[code], words + 1, code)
    counts = np.bincount(code, minlength=words + 2)
    order = np.argsort(-counts, kind="stable")
    special = {words: UNKNOWN, words + 1: RARE}
    return [
        ((code == each).astype(np.float64), special.get(int(each), int(each))) for each in order[1:] if counts[each]
    ]


def _standard(column: Floats) -> Floats | None:
    """The column with mean 0 and deviation 1; none where it is the same for all."""
    spread = float(column.std())
    if not spread > _NIL * max(1.0, float(np.abs(column).max())):
        return None
    return np.asarray((column - column.mean()) / spread)
