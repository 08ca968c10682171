"""The words of ideas."""

from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Sort(Term):
    """What it is."""

    IDEA = "idea", _("Idea")
    NEED = "need", _("Need that nobody meets")


class Where(Term):
    """From where it came."""

    PORTAL = "portal", _("Customer portal")
    VISIT = "visit", _("Visit")
    COMPLAINT = "complaint", _("Complaint")
    SURVEY = "survey", _("Survey")
    COLLEAGUE = "colleague", _("Colleague")


class IdeaState(Term):
    """How far it is."""

    NEW = "new", _("New idea")
    LOOKED = "looked", _("Looked at")
    PLANNED = "planned", _("Planned")
    PILOT = "pilot", _("Being tried")
    DONE = "done", _("Put into practice")
    NOT_DONE = "not-done", _("Not done")
    MERGED = "merged", _("Merged with another idea")


class Way(Term):
    """How it was told what came of it."""

    LETTER = "letter", _("By letter")
    PHONE = "phone", _("By telephone")
    MEETING = "meeting", _("Face to face")


class Told(Term):
    """Whether who asked knows what came of it."""

    YES = "yes", _("Told what came of it")
    NO = "no", _("Not told yet")


OVER: Final = (IdeaState.DONE.value, IdeaState.NOT_DONE.value)
OPEN: Final = tuple(
    each.value for each in IdeaState if each not in {IdeaState.DONE, IdeaState.NOT_DONE, IdeaState.MERGED}
)
STEPS: Final = (IdeaState.LOOKED, IdeaState.PLANNED, IdeaState.PILOT, IdeaState.DONE, IdeaState.NOT_DONE)
"""What people decide; it begins new, and is merged with another by a step of its own."""
