"""Who stands in the middle of a small network: degree, closeness, betweenness.

    degree        links / (n − 1)
    closeness     (reached / (n − 1)) · reached / sum of distances to them      0 for who is linked to nobody
    betweenness   sum over pairs of others of (shortest ways over it / all shortest ways between them) / ((n − 1)(n − 2)/2)

Links have no direction and no weight. Below five nodes look at the drawing: the figures say nothing.

    Krackhardt's kite, ten people   →   degree Diane .667, closeness Fernando and Garth .643, betweenness Heather .389

Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social Networks 1(3). Brandes, U. (2001). A
faster algorithm for betweenness centrality. J. Mathematical Sociology 25(2). Wasserman, S. & Faust, K. (1994). Social Network
Analysis. Cambridge University Press (closeness of networks that fall apart).
"""

from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints, blocks

FEWEST: Final = 5
_CELLS: Final = 2_000_000


class Centrality(NamedTuple):
    """One figure a node: networks × nodes."""

    degree: Floats
    closeness: Floats
    betweenness: Floats


def centrality(linked: Bools) -> Centrality:
    """The three figures of networks of the same size, given as (networks, nodes, nodes); links go both ways.

    Refuses (``ValueError``) what is not square and symmetric, and fewer than three nodes.

    >>> star = np.zeros((1, 5, 5), dtype=bool)
    >>> star[0, 0, 1:] = star[0, 1:, 0] = True
    >>> found = centrality(star)
    >>> found.betweenness[0].tolist(), found.closeness[0].round(3).tolist()
    ([1.0, 0.0, 0.0, 0.0, 0.0], [1.0, 0.571, 0.571, 0.571, 0.571])
    """
    if linked.ndim != 3 or linked.shape[1] != linked.shape[2] or linked.shape[1] < 3 or (linked != linked.mT).any():  # noqa: PLR2004  (a pair needs a third)
        raise ValueError("networks of three nodes or more, whose links go both ways")
    n = linked.shape[1]
    links = (linked & ~np.eye(n, dtype=bool)).astype(np.float64)
    ways, distance = _ways(links)
    reached, far = (distance > 0).sum(axis=2), np.maximum(distance, 0).sum(axis=2)
    closeness = np.where(far > 0, reached / (n - 1) * reached / np.maximum(far, 1), 0.0)
    between = _between(links, ways, distance) / ((n - 1) * (n - 2))
    return Centrality(links.sum(axis=2) / (n - 1), closeness, between)


def _ways(links: Floats) -> tuple[Floats, Floats]:
    """How many shortest ways lead from each node to each, and how long they are; -1 where none leads."""
    n = links.shape[1]
    front = np.broadcast_to(np.eye(n), links.shape)
    ways, distance = front.copy(), np.where(front > 0, 0.0, -1.0)
    for step in range(1, n):
        front = np.where(distance < 0, front @ links, 0.0)
        if not front.any():
            break
        ways += front
        distance = np.where(front > 0, step, distance)
    return ways, distance


def _between(links: Floats, ways: Floats, distance: Floats) -> Floats:
    """Brandes: what of the ways from each source leads over each node, gathered from the farthest inwards."""
    share = np.zeros_like(ways)
    for step in range(int(distance.max()), 0, -1):
        passed = np.where(distance == step, (1.0 + share) / np.maximum(ways, 1.0), 0.0)
        share = np.where(distance == step - 1, share + ways * (passed @ links), share)
    return np.asarray(share.sum(axis=1) - np.diagonal(share, axis1=1, axis2=2))


class Middle(NamedTuple):
    """Of each network, who is most in between: its side (0 or 1) and number, and its figures; -1 and NaN below five nodes."""

    side: Ints
    member: Ints
    degree: Floats
    closeness: Floats
    betweenness: Floats


def middle_of_each(network: Ints, one: Ints, other: Ints, networks: int) -> Middle:
    """Who stands between the others in networks of two sides, a link a row: of ``one``'s side 0 to ``other``'s side 1.

    Of equals the one with more links, then the first. All three are whole numbers from 0.

    >>> found = middle_of_each(np.zeros(4, np.int64), np.arange(4), np.array([7, 7, 7, 7]), 1)
    >>> found.side.tolist(), found.member.tolist(), found.betweenness.tolist()
    ([1], [7], [1.0])
    """
    nodes = np.concatenate(
        [np.stack([network, np.full_like(network, side), of]) for side, of in ((0, one), (1, other))], 1
    )
    known, place = np.unique(nodes, axis=1, return_inverse=True)
    size = np.bincount(known[0], minlength=networks)
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    local = place.reshape(-1) - first[nodes[0]]
    a, b = local[: network.size], local[network.size :]
    answer = Middle(*np.full((2, networks), -1), *np.full((3, networks), np.nan))
    for n in np.unique(size[size >= FEWEST]).tolist():
        some = np.flatnonzero(size == n)
        for part in blocks(some.size, max(1, _CELLS // n**3)):
            _fill(answer, some[part], n, (network, a, b), known[1:, first[some[part]][:, None] + np.arange(n)])
    return answer


def _fill(answer: Middle, some: Ints, n: int, links: tuple[Ints, Ints, Ints], names: Ints) -> None:
    """Writes the answer of some networks of ``n`` nodes each."""
    network, a, b = links
    row = np.full(answer.side.size, -1)
    row[some] = np.arange(some.size)
    here = row[network] >= 0
    linked = np.zeros((some.size, n, n), dtype=bool)
    linked[row[network[here]], a[here], b[here]] = linked[row[network[here]], b[here], a[here]] = True
    found = centrality(linked)
    rank = found.betweenness.round(9) + found.degree * 1e-10
    first, each = rank.argmax(axis=1), np.arange(some.size)
    answer.side[some], answer.member[some] = names[:, each, first]
    for column, values in zip(answer[2:], found, strict=True):
        column[some] = values[each, first]
