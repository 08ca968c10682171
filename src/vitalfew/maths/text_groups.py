"""Which texts say nearly the same: words weighed by how rare they are, texts gathered by average linkage.

A text is a vector of its words, each weighed ``ln((1 + N) / (1 + n)) + 1`` (N texts, n of them with the word), brought to length
one; words that a single text has tell nothing of others and are left out. How alike two texts are is their cosine. Groups begin
as single texts; the two that are most alike, by the mean over all pairs between them, are gathered until no two reach the least
likeness. No number is drawn: the same texts in the same order give the same groups.

Salton, G. & Buckley, C. (1988). Term-weighting approaches in automatic text retrieval. Information Processing & Management 24(5).
Sokal, R. R. & Michener, C. D. (1958). A statistical method for evaluating systematic relationships. University of Kansas Science
Bulletin 38.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

LIKENESS: Final = 0.3
"""The mean cosine from which texts belong together."""
LEAST: Final = 3
"""Fewer make no group."""
COMMON: Final = 0.5
TOLD: Final = 6
"""So many words say what a group is about."""


class Weighed(NamedTuple):
    """Texts as vectors of length one, or of nothing where no other text has a word of theirs."""

    words: tuple[str, ...]
    vectors: NDArray[np.float64]


class TextsAlike(NamedTuple):
    """Which texts, by their places; how alike they are on average; the words that tell them from the others."""

    members: tuple[int, ...]
    likeness: float
    words: tuple[str, ...]


def weighed(texts: Sequence[Sequence[str]]) -> Weighed:
    """Each text by its words.

    >>> words, vectors = weighed([["late", "truck"], ["late", "truck"], ["noise"]])
    >>> words, [[round(float(each), 3) for each in row] for row in vectors]
    (('late', 'truck'), [[0.707, 0.707], [0.707, 0.707], [0.0, 0.0]])
    """
    known = Counter(word for text in texts for word in set(text))
    words = tuple(sorted(word for word, count in known.items() if count > 1))
    place = {word: n for n, word in enumerate(words)}
    vectors = np.zeros((len(texts), len(words)))
    for n, text in enumerate(texts):
        vectors[n, [place[word] for word in set(text) if word in place]] = 1.0
    vectors *= np.log((1 + len(texts)) / (1 + np.array([known[word] for word in words]))) + 1
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return Weighed(words, np.divide(vectors, length, out=vectors, where=length > 0))


def gathered(known: Weighed, among: Sequence[int], likeness: float = LIKENESS, least: int = LEAST) -> list[TextsAlike]:
    """Groups of at least ``least`` of the texts at these places, the largest first."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    places = [n for n in among if known.vectors[n].any()]
    if len(places) < least:
        return []
    apart = np.clip(1 - known.vectors[places] @ known.vectors[places].T, 0, None)
    np.fill_diagonal(apart, 0)
    labels = fcluster(linkage(squareform(apart, checks=False), "average"), 1 - likeness, "distance")
    found = defaultdict(list)
    for n, label in zip(places, labels, strict=True):
        found[int(label)].append(n)
    groups = [_told(known, members) for members in found.values() if len(members) >= least]
    return sorted(groups, key=lambda each: (-len(each.members), each.members))


def likeness_to(known: Weighed, members: Sequence[int], place: int) -> float:
    """How alike a text is on average to those of a group."""
    return float((known.vectors[list(members)] @ known.vectors[place]).mean()) if len(members) else 0.0


def _told(known: Weighed, members: Sequence[int]) -> TextsAlike:
    """With the words of at least half of its texts that weigh more in it than elsewhere."""
    rows, count = known.vectors[list(members)], len(members)
    inside, total = rows.mean(axis=0), known.vectors.sum(axis=0)
    outside = (total - rows.sum(axis=0)) / max(len(known.vectors) - count, 1)
    common = ((rows > 0).mean(axis=0) >= COMMON) & (inside > outside)
    best = np.argsort(outside - inside, kind="stable")
    words = tuple(known.words[n] for n in best if common[n] or not common.any())[:TOLD]
    pairs = (np.square(rows.sum(axis=0)).sum() - count) / (count * (count - 1))
    return TextsAlike(tuple(members), float(pairs), words)
