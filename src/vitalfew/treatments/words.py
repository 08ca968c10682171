"""The words of treating loss-makers."""

from typing import Final

from vitalfew.terms import Term, WayOut
from vitalfew.terms import gettext_noop as _


class TreatmentKind(Term):
    """What is done about an account that costs more than it brings."""

    REPRICE = "reprice", _("Raise the price")
    SERVICE = "service", _("Change service or terms")
    CONVERT = "convert", _("Convert it: several means together")
    PART = "part", _("Part from it")


class TreatmentState(Term):
    """How a treatment stands."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits for approval")
    RUNNING = "running", _("Under way")
    JUDGED = "judged", _("Judged")
    CALLED_OFF = "called_off", _("Called off")


OPEN: Final = (TreatmentState.DRAFT, TreatmentState.WAITING, TreatmentState.RUNNING)


class Effect(Term):
    """What came of it, as the facts tell."""

    BETTER = "better", _("Better than before")
    WORSE = "worse", _("Worse than before")
    CANNOT_TELL = "cannot_tell", _("Cannot be told")


PROPOSED: Final = {
    WayOut.REPRICE.value: TreatmentKind.REPRICE,
    WayOut.SERVE_LESS.value: TreatmentKind.SERVICE,
    WayOut.FEWER_RETURNS.value: TreatmentKind.SERVICE,
    WayOut.SHORTER_TERMS.value: TreatmentKind.SERVICE,
    WayOut.SEVERAL.value: TreatmentKind.CONVERT,
    WayOut.LET_GO.value: TreatmentKind.PART,
}
"""By what the analysis holds to end the loss."""
