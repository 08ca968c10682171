"""Which grade is shown, and what it weighs.

The source keeps the letter it was given. The number given to the statement is moved by what others say, a rule of ours that is
shown beside it:

    each confirmation from another independent source      one step up, 1 at best
    a fact that says otherwise, of a source as reliable    one step down, 5 at worst, until it is settled
    6 (cannot be judged), once confirmed                    begins at 4

    B3, confirmed twice  →  B1        B3, contradicted by an A  →  B4        B3, contradicted by a D  →  B3

As evidence a grade weighs the product of its two steps, each 1, .8, .6, .4, .2 from the best to the worst and .3 where it cannot
be judged: weights of ours, set by no literature. From C3, .36, on it counts as evidence at all.
"""

from typing import Final

BEST, WORST, UNJUDGED = 1, 5, 6
ONCE_CONFIRMED: Final = 4
"""Where a statement that could not be judged begins once somebody confirms it."""
STEPS: Final = (1.0, 0.8, 0.6, 0.4, 0.2, 0.3)
LETTERS: Final = "ABCDEF"
COUNTS_FROM: Final = 0.36


def shown(given: int, confirmations: int, *, disputed: bool) -> int:
    """The step that is shown of the one that was given.

    >>> shown(3, 2, disputed=False), shown(3, 0, disputed=True), shown(6, 1, disputed=False), shown(6, 0, disputed=True)
    (1, 4, 3, 6)
    """
    if given == UNJUDGED and not confirmations:
        return UNJUDGED
    begun = ONCE_CONFIRMED if given == UNJUDGED else given
    return min(max(begun - confirmations + disputed, BEST), WORST)


def weight(reliability: str, credibility: int) -> float:
    """What a grade weighs as evidence.

    >>> weight("A", 1), weight("C", 3), weight("F", 6)
    (1.0, 0.36, 0.09)
    """
    return round(STEPS[LETTERS.index(reliability)] * STEPS[credibility - 1], 2)
