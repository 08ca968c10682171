"""The words of complaints."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Channel(Term):
    """How it reached us."""

    PHONE = "phone", _("By phone")
    WEB = "web", _("Web form")
    PORTAL = "portal", _("Customer portal")
    MAIL = "mail", _("E-mail")
    CARD = "card", _("Opinion card")
    ASKED = "asked", _("Noticed and asked by us")
    SURVEY = "survey", _("Low score in a survey")
    VISIT = "visit", _("On a visit")
    API = "api", _("Other system")
    IMPORT = "import", _("Imported file")


class Category(Term):
    """What it is about."""

    QUALITY = "quality", _("Quality of the goods")
    DELIVERY = "delivery", _("Late delivery")
    DAMAGE = "damage", _("Damaged on the way")
    QUANTITY = "quantity", _("Wrong or missing goods")
    SERVICE = "service", _("Installation and service")
    MONEY = "money", _("Price and invoice")
    CONDUCT = "conduct", _("Conduct of our people")
    OTHER = "other", _("Something else")


class Effect(Term):
    """What it does to the customer."""

    SAFETY = "safety", _("Somebody is in danger")
    STOP = "stop", _("A line or a shop stands still")
    LOSS = "loss", _("Major loss")
    COST = "cost", _("Inconvenience at a cost")
    MINOR = "minor", _("Minor")


class Severity(Term):
    DANGER = "4", _("4 · Danger or standstill")
    MAJOR = "3", _("3 · Major loss")
    COSTLY = "2", _("2 · Inconvenience at a cost")
    MINOR = "1", _("1 · Minor")


class Procedure(Term):
    """By which steps it is settled."""

    SERIOUS = "serious", _("Serious")
    ORDINARY = "ordinary", _("Ordinary")


class State(Term):
    """The last step that was done."""

    IMPORTED = "imported", _("As the facts have it")
    RECEIVED = "received", _("Received")
    ASSESSED = "assessed", _("Assessed")
    INVESTIGATED = "investigated", _("Investigated on site")
    CAUSE = "cause", _("Cause known")
    EMERGENCY = "emergency", _("Emergency measure taken")
    TRIAL = "trial", _("Countermeasure tried")
    SMALL = "small", _("Tried on a small scale")
    STANDARD = "standard", _("Made the standard")
    AGREED = "agreed", _("Countermeasure agreed")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Resolved")


class Event(Term):
    """What else happened to it."""

    REASSESSED = "reassessed", _("Assessed anew")
    WAITS = "waits", _("Waits for the customer")
    RESUMED = "resumed", _("Goes on")
    REOPENED = "reopened", _("Opened again")
    RELEARNED = "relearned", _("Countermeasure does not work: open again")
    MERGED = "merged", _("Merged")
    PARTED = "parted", _("Parted again")
    MATCHED = "matched", _("Brought to its account")
    HANDED = "handed", _("Handed on")
    TAKEN_UP = "taken-up", _("Taken up")
    JUDGED = "judged", _("Judged by the customer")


class Standing(Term):
    """How its clock stands now."""

    LATE = "late", _("Overdue")
    SOON = "soon", _("Due soon")
    FINE = "fine", _("In time")
    WAITS = "waits", _("Waits for the customer")
    CLOSED = "closed", _("Resolved")
    MERGED = "merged", _("Merged")
    REST = "rest", _("Not taken up")


class Due(Term):
    """What is due next."""

    ACKNOWLEDGE = "acknowledge", _("Acknowledge it")
    ANSWER = "answer", _("First answer")
    STEP = "step", _("Do the next step")
    CLOSE = "close", _("Resolve it")


class Way(Term):
    """How the customer was told."""

    LETTER = "letter", _("Letter by e-mail")
    PHONE = "phone", _("By phone")
    WECHAT = "wechat", _("WeChat")
    MEETING = "meeting", _("Face to face")
    PAGE = "page", _("On its own page")


class Report(Term):
    """How an 8D record stands."""

    DRAFT = "draft", _("Being written")
    OFFERED = "offered", _("Waits for a signature")
    SIGNED = "signed", _("Signed off")
    SHARED = "shared", _("Given to the customer")


class Worked(Term):
    """What was found of a countermeasure some time after it became the standard."""

    YES = "effective", _("It works")
    NOT = "not", _("It does not work")
    UNKNOWN = "unknown", _("Nobody can tell")


class Answer(Term):
    """What came of asking a customer about something unusual."""

    EXPLAINED = "explained", _("Explained")
    PROBLEM = "problem", _("It is a problem")
    GONE = "gone", _("Gone by itself")


class GroupState(Term):
    """What became of a group of complaints that say nearly the same."""

    PROPOSED = "proposed", _("Proposed by the words")
    CONFIRMED = "confirmed", _("Confirmed as a cause")
    DISMISSED = "dismissed", _("Dismissed: no common cause")


class Granted(Term):
    """What became of a compensation."""

    GIVEN = "given", _("Given")
    ASKED = "asked", _("Waits for approval")
    REFUSED = "refused", _("Not approved")


class Party(Term):
    SUPPLIER = "supplier", _("Supplier")
    CARRIER = "carrier", _("Carrier")


class ClaimState(Term):
    """How a claim on a third party stands."""

    OPEN = "open", _("Claimed")
    ACCEPTED = "accepted", _("Claim accepted")
    SETTLED = "settled", _("Paid or set off")
    REFUSED = "refused", _("Refused or given up")


class UsualCause(Term):
    """With which the tree of causes can begin: branches, and behind the dot the causes on them."""

    PRODUCT = "product", _("Product")
    DESIGN = "product.design", _("Design")
    MATERIAL = "product.material", _("Material or bought-in part")
    MAKING = "product.making", _("Making and process")
    INSPECTION = "product.inspection", _("Fault not found by inspection")
    TRANSPORT = "transport", _("Transport")
    PACKING = "transport.packing", _("Packing")
    LOADING = "transport.loading", _("Loading and unloading")
    CARRIAGE = "transport.carriage", _("Carrier late or short of vehicles")
    SUPPLY = "supply", _("Supply")
    SHORTAGE = "supply.shortage", _("Out of stock")
    PICKING = "supply.picking", _("Wrong picking or count")
    SERVICE = "service", _("Service")
    INSTALLING = "service.installing", _("Installation")
    REPAIR = "service.repair", _("Repair")
    SLOW = "service.slow", _("Slow to respond")
    MANNER = "service.manner", _("Manner of our people")
    INFORMATION = "information", _("Information")
    ENTRY = "information.entry", _("Order entered wrongly")
    WORD = "information.word", _("Promised otherwise than done")
    INVOICE = "information.invoice", _("Price, discount or invoice")
    MANUAL = "information.manual", _("Instructions and documents")
    USE = "use", _("Use at the customer's")
    STORAGE = "use.storage", _("Storage")
    OPERATION = "use.operation", _("Operation and upkeep")
    OTHER_CAUSE = "other", _("Other causes")
