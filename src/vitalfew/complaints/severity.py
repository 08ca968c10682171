"""How bad a complaint is: by what it does to the customer, never by how loud it is said; and who goes first.

    severity = by its effect: danger or standstill 4, major loss 3, inconvenience at a cost 2, minor 1;
               one more for 2 and 3 where it goes on or spreads
    priority = max(1, 5 − severity − [key account]),  1 is first

    >>> severity("loss", grows=True), severity("minor", grows=True), priority(4, key=False), priority(1, key=True)
    (4, 1, 1, 3)

ISO 10002:2018, 7.5.
"""

from collections.abc import Mapping
from typing import Any, Final

from vitalfew.complaints.words import Effect, Procedure
from vitalfew.language import Count, Message, Word
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of

BY_EFFECT: Final[Mapping[str, int]] = {
    Effect.SAFETY: 4, Effect.STOP: 4, Effect.LOSS: 3, Effect.COST: 2, Effect.MINOR: 1,
}  # fmt: skip
WORST: Final = 4
SERIOUS_FROM: Final = 3
GROWING: Final = frozenset({2, 3})
"""What gets worse by going on."""
UNJUDGED: Final = 2
"""As what it counts until somebody has judged it."""


def severity(effect: str, *, grows: bool) -> int:
    base = BY_EFFECT[effect]
    return base + (grows and base in GROWING)


def severity_why(effect: str, *, grows: bool) -> Message:
    """The rule in words."""
    base = BY_EFFECT[effect]
    figures: dict[str, Any] = {"effect": Word(label_of(Effect, effect)), "base": Count(base), "n": Count(base + 1)}
    if grows and base in GROWING:
        return Message(_("{effect}: {base}; it goes on or spreads: {n}"), figures)
    return Message(_("{effect}: {base}"), figures)


def priority(found: int | None, *, key: bool) -> int:
    return max(1, 5 - (found or UNJUDGED) - key)


def priority_why(found: int | None, *, key: bool) -> Message:
    figures = {"p": Count(priority(found, key=key)), "s": Count(found or UNJUDGED)}
    if found is None:
        told = _("Not assessed yet: priority {p}, as for severity {s}")
    elif key:
        told = _("Priority {p}: 5 − severity {s} − 1 for an account that goes first, at least 1")
    else:
        told = _("Priority {p}: 5 − severity {s}")
    return Message(told, figures)


def procedure(found: int) -> Procedure:
    return Procedure.SERIOUS if found >= SERIOUS_FROM else Procedure.ORDINARY
