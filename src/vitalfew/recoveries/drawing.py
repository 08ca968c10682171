"""Who of a round is left alone, by lot.

Only a lot makes those tried and those left alone alike in everything that nobody wrote down. The codes are put in order, so that
the same accounts, share and seed give the same draw whoever repeats it.

    20 accounts, 30 of 100, seed 7   →   always the same six
"""

from collections.abc import Collection
from random import Random


def held_out(codes: Collection[str], share: int, seed: int) -> frozenset[str]:
    """``share`` of a hundred, rounded, one at least and never all; nobody for a share of 0 or a single account.

    >>> sorted(held_out(["a", "b", "c", "d"], 25, 1)), held_out(["a"], 50, 1)
    (['b'], frozenset())
    """
    if share <= 0 or len(codes) <= 1:
        return frozenset()
    most = min(max(1, round(len(codes) * share / 100)), len(codes) - 1)
    return frozenset(Random(seed).sample(sorted(codes), most))  # noqa: S311  (a lot that can be repeated, no secret)
