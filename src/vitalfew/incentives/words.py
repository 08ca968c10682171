"""The words of incentives."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class VersionState(Term):
    """How far a version has come."""

    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("Waits for approval")
    APPROVED = "approved", _("Approved")


class Every(Term):
    """How often is settled."""

    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    YEAR = "year", _("Every year")


class CaseKind(Term):
    """What is recorded by hand, with its evidence."""

    TRAINING = "training", _("Training done")
    PRICE = "price", _("Price breach")
    CHANNEL = "channel", _("Unauthorised channel")
    OBLIGATION = "obligation", _("Broken obligation")


class EntryKind(Term):
    """What an entry of the ledger is."""

    ACCRUED = "accrued", _("Accrued")
    CORRECTED = "corrected", _("Corrected")
    BOOKED = "booked", _("Booked")
    REVERSED = "reversed", _("Reversed")


class Working(Term):
    """How far a simulation has come."""

    NONE = "none", _("Not simulated yet")
    WAITING = "waiting", _("Waits for its turn")
    WORKING = "working", _("Being simulated")
    DONE = "done", _("Simulated")
    FAILED = "failed", _("Could not be simulated")


class Stands(Term):
    """How an account's period stands."""

    RUNNING = "running", _("Period runs")
    CLOSED = "closed", _("To be booked")
    BOOKED = "booked", _("Booked")
    NOTHING = "nothing", _("Nothing earned")


class Nearness(Term):
    """How near the next threshold is."""

    NEAR = "near", _("Just below a threshold")
