from itertools import combinations

import numpy as np
import pytest

from vitalfew.maths.networks import centrality, middle_of_each

KITE = ["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]
LINKS = [(0, 1), (0, 2), (0, 3), (0, 5), (1, 3), (1, 4), (1, 6), (2, 3), (2, 5), (3, 4), (3, 5), (3, 6), (4, 6), (5, 6),
         (5, 7), (6, 7), (7, 8), (8, 9)]  # fmt: skip


def network(n, links):
    linked = np.zeros((1, n, n), dtype=bool)
    for one, other in links:
        linked[0, one, other] = linked[0, other, one] = True
    return linked


def by_hand(linked):
    """Betweenness by writing down every shortest way."""
    n = len(linked)
    over = np.zeros(n)
    for source, target in combinations(range(n), 2):
        ways = [[source]]
        while ways and not any(way[-1] == target for way in ways):
            ways = [[*way, each] for way in ways for each in range(n) if linked[way[-1], each] and each not in way]
        shortest = [way for way in ways if way[-1] == target]
        for way in shortest:
            over[way[1:-1]] += 1 / len(shortest)
    return over / ((n - 1) * (n - 2) / 2)


def test_krackhardts_kite() -> None:
    found = centrality(network(10, LINKS))
    degree, closeness, between = (dict(zip(KITE, each[0].round(3).tolist(), strict=True)) for each in found)

    assert max(degree, key=degree.get) == "Diane"
    assert (degree["Diane"], degree["Heather"], degree["Jane"]) == (0.667, 0.333, 0.111)
    assert (closeness["Fernando"], closeness["Garth"], closeness["Diane"]) == (0.643, 0.643, 0.6)
    assert (between["Heather"], between["Fernando"], between["Diane"], between["Ike"]) == (0.389, 0.231, 0.102, 0.222)


def test_betweenness_is_that_of_all_ways_written_down() -> None:
    chance = np.random.default_rng(6).random((30, 7, 7)) < 0.3
    linked = np.triu(chance, 1) | np.triu(chance, 1).swapaxes(1, 2)

    found = centrality(linked).betweenness

    assert found == pytest.approx(np.array([by_hand(each) for each in linked]))


def test_who_is_linked_to_nobody_is_far_from_all() -> None:
    found = centrality(network(5, [(0, 1), (1, 2)]))

    assert found.closeness[0].tolist() == pytest.approx([1 / 3, 1 / 2, 1 / 3, 0, 0])
    assert found.degree[0, 3] == found.betweenness[0, 3] == 0


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match="both ways"):
        centrality(np.triu(np.ones((1, 4, 4), dtype=bool), 1))
    with pytest.raises(ValueError, match="three"):
        centrality(np.ones((1, 2, 2), dtype=bool))


def test_many_networks_of_all_sizes_at_once() -> None:
    rng = np.random.default_rng(9)
    network_of, one, other = rng.integers(0, 60, 400), rng.integers(0, 6, 400), rng.integers(0, 4, 400)

    found = middle_of_each(network_of, one, other, 61)

    for number in range(61):
        mine = network_of == number
        nodes = sorted({(0, each) for each in one[mine]} | {(1, each) for each in other[mine]})
        if len(nodes) < 5:
            assert (found.side[number], np.isnan(found.betweenness[number])) == (-1, True)
            continue
        links = [(nodes.index((0, a)), nodes.index((1, b))) for a, b in zip(one[mine], other[mine], strict=True)]
        each = centrality(network(len(nodes), links))
        place = nodes.index((found.side[number], found.member[number]))
        assert found.betweenness[number] == pytest.approx(each.betweenness[0].max())
        assert (found.degree[number], found.closeness[number]) == (each.degree[0, place], each.closeness[0, place])
