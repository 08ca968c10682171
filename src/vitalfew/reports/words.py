"""The words of reports."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Form(Term):
    """As what it is handed out."""

    PDF = "pdf", _("PDF")
    XLSX = "xlsx", _("Excel workbook")


class Rhythm(Term):
    """How often it is made."""

    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")


class Weekday(Term):
    """On which day of the week."""

    MONDAY = "0", _("Monday")
    TUESDAY = "1", _("Tuesday")
    WEDNESDAY = "2", _("Wednesday")
    THURSDAY = "3", _("Thursday")
    FRIDAY = "4", _("Friday")


class Made(Term):
    """How far a report is."""

    WAITING = "waiting", _("Being made")
    DONE = "done", _("Made")
    FAILED = "failed", _("Not made")


class Mailed(Term):
    """What became of its mail."""

    NOT = "", _("Not mailed")
    WAITING = "waiting", _("To be mailed")
    SENT = "sent", _("Mailed")
    FAILED = "failed", _("Could not be mailed")
