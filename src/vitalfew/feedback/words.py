"""The words of feedback rounds."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class AskedState(Term):
    """How far an asked account is."""

    PLANNED = "planned", _("Planned")
    ASKED = "asked", _("Asked, not answered yet")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class QuestionKind(Term):
    """How a question is answered."""

    SCORE = "score", _("With a score")
    CHOICE = "choice", _("One of several answers")
    TEXT = "text", _("In words")


class RoundTime(Term):
    """Where a round stands in time."""

    AHEAD = "ahead", _("Not begun")
    RUNNING = "running", _("Running")
    OVER = "over", _("Over")
