"""The words of rescue plans."""

from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class RescueState(Term):
    """How a plan stands, and what became of the account."""

    RUNNING = "running", _("Under way")
    STAYED = "stayed", _("The account stays")
    LEFT = "left", _("The account left")
    CALLED_OFF = "called_off", _("Called off")


ENDS: Final = (RescueState.STAYED, RescueState.LEFT, RescueState.CALLED_OFF)


class RescueStanding(Term):
    """How a plan stands today."""

    LATE = "late", _("Steps are late")
    RUNNING = "running", _("Under way")
    OVER = "over", _("Its time is over: say what came of it")
    STAYED = "stayed", _("The account stays")
    LEFT = "left", _("The account left")
    CALLED_OFF = "called_off", _("Called off")


class StepState(Term):
    """What became of a step."""

    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    LEFT_OUT = "left_out", _("Left out")


class Timing(Term):
    """Whether a step is done in time."""

    LATE = "late", _("Late")
    IN_TIME = "in_time", _("Not late")


class Whose(Term):
    """Whose plans."""

    MINE = "mine", _("Mine")
    OTHERS = "others", _("Of others")


class Planned(Term):
    """Whether something is being done about an account."""

    WITHOUT = "without", _("None")
    UNDER_WAY = "under_way", _("Under way")

    @classmethod
    def of(cls, plan: int | None) -> "Planned":
        return cls.UNDER_WAY if plan else cls.WITHOUT
