"""The words of advice."""

from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Answer(Term):
    """What is answered."""

    ACCEPT = "accept", _("We do it")
    DECLINE = "decline", _("We don't")


class AdviceState(Term):
    """What became of it."""

    OPEN = "open", _("Taken up")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not done after all")
    DECLINED = "declined", _("Decided against")


class Reason(Term):
    """Why not."""

    WRONG = "wrong", _("What it rests on is not so")
    ALREADY = "already", _("It is done already, the data did not show it")
    TIMING = "timing", _("Not now")
    UNWELCOME = "unwelcome", _("The customer does not want it")
    TOO_DEAR = "too_dear", _("It costs more than it brings")
    OTHER = "other", _("Another reason")


RESTS: Final = (30, 90, 180, 365)
USUAL: Final = 90
"""For so many days what was declined is not proposed again."""
