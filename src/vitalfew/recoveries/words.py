"""The words of winning back."""

from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Verdict(Term):
    """Whether an attempt is worth it, at its cost."""

    WORTH = "worth", _("Worth an attempt")
    CANNOT_TELL = "cannot_tell", _("Cannot be told")
    NOT_WORTH = "not_worth", _("Not worth it")


class Known(Term):
    """Where the cause of leaving is known from."""

    SAID = "said", _("as it says itself")
    SEEN = "seen", _("as the facts show")
    UNKNOWN = "unknown", _("Not known")


class Arm(Term):
    """What the lot decided."""

    TRIED = "tried", _("Tried")
    HELD_OUT = "held_out", _("Left alone, to compare")


class RecoveryState(Term):
    """How an attempt stands, and what became of it."""

    RUNNING = "running", _("Under way")
    RETURNED = "returned", _("It came back")
    REFUSED = "refused", _("It refused")
    NO_ANSWER = "no_answer", _("No answer")
    CALLED_OFF = "called_off", _("Called off")
    HELD_OUT = "held_out", _("Left alone, to compare")


ENDS: Final = (RecoveryState.RETURNED, RecoveryState.REFUSED, RecoveryState.NO_ANSWER, RecoveryState.CALLED_OFF)
TRIED: Final = (RecoveryState.RETURNED, RecoveryState.REFUSED, RecoveryState.NO_ANSWER)
"""Ends of an attempt that was made."""


class StepState(Term):
    """What became of a step."""

    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    LEFT_OUT = "left_out", _("Left out")


class Pace(Term):
    """How an account that came back buys, against its own pace before it left."""

    BUYING = "buying", _("Buys as before")
    SLOWER = "slower", _("Buys more slowly than before")
    SILENT = "silent", _("Silent again")
    WAITING = "waiting", _("No purchase in the facts yet")
