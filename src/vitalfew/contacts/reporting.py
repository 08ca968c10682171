"""Who reports to whom goes up, never round."""

from collections.abc import Mapping


def closes_circle(bosses: Mapping[int, int], who: int, boss: int) -> bool:
    """Whether ``boss`` is, over any number of others, under ``who`` already.

    >>> closes_circle({3: 2, 2: 1}, 1, 3)
    True
    >>> closes_circle({3: 2, 2: 1}, 3, 1)
    False
    """
    passed: set[int] = set()
    while boss != who and boss in bosses and boss not in passed:
        passed.add(boss)
        boss = bosses[boss]
    return boss == who
