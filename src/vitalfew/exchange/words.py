"""The words of the exchange of data."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Rhythm(Term):
    """How often something is told."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week, until Sunday")
    MONTHLY = "monthly", _("Every month")


class Way(Term):
    """Which way data comes."""

    PORTAL = "portal", _("In the portal")
    UPLOAD = "upload", _("A file that we bring in")
    API = "api", _("Over the API")
    FOLDER = "folder", _("Laid into its folder (SFTP)")


class Offer(Term):
    """What we tell the account."""

    AVAILABILITY = "availability", _("What we have available")
    SHIPMENTS = "shipments", _("What is on its way")
    PROPOSAL = "proposal", _("What it should order")
    PRICES = "prices", _("Its prices as agreed")
    COSTS = "costs", _("Shares of joint costs as agreed")


class Standing(Term):
    """How an exchange stands today."""

    PLANNED = "planned", _("Begins later")
    RUNNING = "running", _("Runs as agreed")
    OWING = "owing", _("Data is owed")
    ENDED = "ended", _("Ended")


class Measure(Term):
    """What is told of a product on a day."""

    SOLD = "sold", _("Sold on")
    STOCK = "stock", _("Stock left")
    RECEIVED = "received", _("Received")


class Format(Term):
    """As what data came."""

    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Workbook")
    FORM = "form", _("Form")
    JSON = "json", _("JSON")
    EDIFACT = "edifact", _("EDIFACT")
    X12 = "x12", _("X12")


class Taking(Term):
    """Whether a file was taken."""

    WHOLE = "whole", _("Taken")
    PARTLY = "partly", _("Taken in part")
    REFUSED = "refused", _("Refused")


class Doubt(Term):
    """What is odd about an account's data."""

    LATE = "late", _("A report is late")
    MISSING = "missing", _("Something is missing in a report")
    NEGATIVE = "negative", _("Stock below zero")
    JUMP = "jump", _("A figure jumps")
    BALANCE = "balance", _("Stock does not follow from sales and deliveries")


class Settled(Term):
    """What became of a doubt."""

    OPEN = "open", _("Waits for an answer")
    WAITING = "waiting", _("The account was asked")
    EXPLAINED = "explained", _("Explained")
    CORRECTED = "corrected", _("Settled by later data")


class Enough(Term):
    """Whether there is enough of a product, as others are told."""

    ENOUGH = "enough", _("Available")
    SHORT = "short", _("In short supply")


class Gain(Term):
    """What an exchange of data is to make better: less of it is better."""

    STOCK = "stock", _("Days its stock lasts")
    OUT = "out", _("Share of counts with nothing left")
    ERROR = "error", _("Forecast error of its orders")


class Verdict(Term):
    """What can be told of a figure since the exchange was agreed on, beside before."""

    LESS = "less", _("Less than before")
    MORE = "more", _("More than before")
    UNSURE = "unsure", _("No difference to be told")
    FEW = "few", _("Cannot tell yet")
