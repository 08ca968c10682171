"""How well somebody of ours says he knows a person, in five steps, and how that fades.

A statement is set on the scale of touches (:mod:`vitalfew.activities.strength`): each step counts twice the one below it, the
highest as much as four visits today. Whom one trusted is not forgotten in a quarter, so a statement halves in a year, where a
touch halves in ninety days; after a year it is asked for again.
"""

from datetime import timedelta
from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _

HALF_LIFE: Final = 365
ASKED_AGAIN: Final = timedelta(days=365)


class Closeness(Term):
    """The five steps, the closest first."""

    TRUSTED = "trusted", _("Speaks with me in confidence")
    CLOSE = "close", _("I can call at any time")
    FAMILIAR = "familiar", _("We work together now and then")
    MET = "met", _("We have met")
    BY_NAME = "by_name", _("I only know the name")


WORDS: Final = {each.value: each for each in Closeness}
STRENGTHS: Final = {each.value: 2.0 ** (2 - place) for place, each in enumerate(Closeness)}


def strength(closeness: str, days: int) -> float:
    """What a statement of so many days ago counts.

    >>> strength("trusted", 0), strength("trusted", 365), strength("met", 0)
    (4.0, 2.0, 0.5)
    """
    return float(STRENGTHS[closeness] * 0.5 ** (max(days, 0) / HALF_LIFE))
