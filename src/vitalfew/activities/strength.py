"""How strong a link to a person is, by how long ago its touches were, and what that is called.

    strength = sum over the touches of 1/2^(days since / 90)

Two visits today and one 90 days ago:

>>> round(strength([0, 0, 90]), 2)
2.5
"""

from collections.abc import Iterable
from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _

HALF_LIFE: Final = 90
WELL, SOMEWHAT = 2.0, 0.5


class HowWell(Term):
    """How well somebody of ours knows a person."""

    WELL = "well", _("Well")
    SOMEWHAT = "somewhat", _("Somewhat")
    FAINTLY = "faintly", _("Faintly")


def strength(days: Iterable[int]) -> float:
    """How strong a link is, from how long ago its touches were."""
    return float(sum(0.5 ** (each / HALF_LIFE) for each in days))


def how_well(strong: float) -> HowWell:
    """The word for a strength.

    >>> how_well(2.5), how_well(0.2)
    (<HowWell.WELL: 'well'>, <HowWell.FAINTLY: 'faintly'>)
    """
    if strong >= WELL:
        return HowWell.WELL
    return HowWell.SOMEWHAT if strong >= SOMEWHAT else HowWell.FAINTLY
