"""What must not be told of small groups: nothing under five answers, and no way to work it out from what is told.

A group under five is hidden. Its figures would be the whole less the others: so where one alone is hidden, or those hidden are
together under five, the smallest of the others is hidden with them.

>>> sorted(hidden({"a": 9, "b": 6, "c": 3}))
['b', 'c']
>>> sorted(hidden({"a": 9, "b": 6, "c": 3, "d": 2})), sorted(hidden({"a": 9, "b": 4})), hidden({"a": 9, "b": 5})
(['c', 'd'], ['a', 'b'], set())
"""

from collections.abc import Mapping
from typing import Final

LEAST: Final = 5
TOGETHER: Final = 2


def hidden(counts: Mapping[str, int]) -> set[str]:
    """The groups of which nothing is told; one without answers tells nothing anyway."""
    small = {group for group, n in counts.items() if 0 < n < LEAST}
    others = sorted((n, group) for group, n in counts.items() if n >= LEAST)
    while small and others and (len(small) < TOGETHER or sum(counts[each] for each in small) < LEAST):
        small.add(others.pop(0)[1])
    return small
