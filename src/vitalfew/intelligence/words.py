"""The words of intelligence.

Sources and statements are graded apart, each on six steps: the Admiralty code, as NATO uses it (AJP-2.1, Allied joint doctrine
for intelligence procedures).
"""

from collections.abc import Mapping
from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Kind(Term):
    """What it is about."""

    MARKET = "market", _("Market and demand")
    STRATEGY = "strategy", _("Strategy and plans")
    OFFER = "offer", _("Competitor's offer")
    ORGANISATION = "organisation", _("Organisation and people")
    FINANCE = "finance", _("Financial position")
    TECHNOLOGY = "technology", _("Technology and products")
    PURCHASING = "purchasing", _("Purchasing and tenders")
    REGULATION = "regulation", _("Law and policy")


LASTS: Final[Mapping[str, int]] = {
    Kind.MARKET: 365, Kind.STRATEGY: 365, Kind.OFFER: 180, Kind.ORGANISATION: 180, Kind.FINANCE: 365,
    Kind.TECHNOLOGY: 730, Kind.PURCHASING: 180, Kind.REGULATION: 730,
}  # fmt: skip
"""For how many days a kind is good, unless somebody says otherwise."""


class Reliability(Term):
    """How far the source can be relied on."""

    A = "A", _("Completely reliable")
    B = "B", _("Usually reliable")
    C = "C", _("Fairly reliable")
    D = "D", _("Not usually reliable")
    E = "E", _("Unreliable")
    F = "F", _("Reliability cannot be judged")


class Credibility(Term):
    """How likely the statement is true, whoever made it."""

    CONFIRMED = "1", _("Confirmed by other sources")
    PROBABLE = "2", _("Probably true")
    POSSIBLE = "3", _("Possibly true")
    DOUBTFUL = "4", _("Doubtful")
    IMPROBABLE = "5", _("Improbable")
    UNKNOWN = "6", _("Truth cannot be judged")


MEANT: Final[Mapping[str, str]] = {
    Reliability.A: _("No doubt about authenticity, trustworthiness, competence; it has always been right"),
    Reliability.B: _("Minor doubts; it has mostly been right"),
    Reliability.C: _("Doubts; it has been right before"),
    Reliability.D: _("Considerable doubts; it has been right now and then"),
    Reliability.E: _("No authenticity or competence; it has been wrong before"),
    Reliability.F: _("A new source, or one we know too little of"),
    Credibility.CONFIRMED: _("Independent sources say the same; it is logical in itself and fits what is known"),
    Credibility.PROBABLE: _("Not confirmed; logical in itself, fits what is known"),
    Credibility.POSSIBLE: _("Not confirmed; reasonably logical, fits some of what is known"),
    Credibility.DOUBTFUL: _("Not confirmed; possible but not logical, nothing else is known of it"),
    Credibility.IMPROBABLE: _("Not logical, contradicted by what else is known"),
    Credibility.UNKNOWN: _("There is nothing to judge it by"),
}
"""What each step means, in a sentence."""


class SourceKind(Term):
    """From where it comes."""

    CUSTOMER = "customer", _("The customer")
    COLLEAGUE = "colleague", _("Seen by a colleague")
    COMPETITOR = "competitor", _("The competitor itself")
    PARTNER = "partner", _("Supplier, carrier or agent")
    PRESS = "press", _("Press and internet")
    FAIR = "fair", _("Trade fair or conference")
    ASSOCIATION = "association", _("Trade association or institute")
    REGISTER = "register", _("Public register or report")
    OTHER = "other", _("Another source")


class Measure(Term):
    """In what a value is given."""

    MONEY = "money", _("in the house's currency")
    PERCENT = "percent", _("in percent")
    DAYS = "days", _("in days")
    MONTHS = "months", _("in months")
    NUMBER = "number", _("as a number")
    WORDS = "words", _("in words")


WITH_UNIT: Final = {
    Measure.PERCENT: _("{value} %"), Measure.DAYS: _("{value} {value:day|days}"),
    Measure.MONTHS: _("{value} {value:month|months}"), Measure.MONEY: _("{value}, in the house's currency"),
}  # fmt: skip
"""A value as it is read beside others."""


class Attribute(Term):
    """Of what a fact gives the value; those of delivered value are sums of money a year (Kotler)."""

    PRICE = "price", _("Price")
    DISCOUNT = "discount", _("Discount")
    PAYMENT_DAYS = "payment_days", _("Payment terms")
    DELIVERY_DAYS = "delivery_days", _("Delivery time")
    WARRANTY = "warranty", _("Warranty")
    SHARE = "share", _("Market share")
    TURNOVER = "turnover", _("Turnover a year")
    HEADCOUNT = "headcount", _("Headcount")
    CAPACITY = "capacity", _("Capacity")
    VALUE_PRODUCT = "value_product", _("Delivered a year: worth of the product")
    VALUE_SERVICE = "value_service", _("Delivered a year: worth of the service")
    VALUE_PEOPLE = "value_people", _("Delivered a year: worth of the people")
    VALUE_IMAGE = "value_image", _("Delivered a year: worth of the name")
    COST_MONEY = "cost_money", _("Delivered a year: price paid")
    COST_TIME = "cost_time", _("Delivered a year: cost of time")
    COST_ENERGY = "cost_energy", _("Delivered a year: cost of effort")
    COST_MIND = "cost_mind", _("Delivered a year: cost of worry")
    OTHER = "other", _("Something else")


DELIVERED: Final = tuple(each for each in Attribute if each.value.startswith(("value_", "cost_")))
"""The parts of delivered value."""
MEASURES: Final[Mapping[str, Measure]] = {
    Attribute.PRICE: Measure.MONEY, Attribute.DISCOUNT: Measure.PERCENT, Attribute.PAYMENT_DAYS: Measure.DAYS,
    Attribute.DELIVERY_DAYS: Measure.DAYS, Attribute.WARRANTY: Measure.MONTHS, Attribute.SHARE: Measure.PERCENT,
    Attribute.TURNOVER: Measure.MONEY, Attribute.HEADCOUNT: Measure.NUMBER, Attribute.CAPACITY: Measure.WORDS,
    Attribute.OTHER: Measure.WORDS, **dict.fromkeys(DELIVERED, Measure.MONEY),
}  # fmt: skip


class Subject(Term):
    """Of whom or what it tells, as lists narrow."""

    ACCOUNT = "account", _("An account")
    COMPETITOR = "competitor", _("A competitor")
    MARKET = "market", _("The market")


class State(Term):
    """Whether it still holds."""

    VALID = "valid", _("Holds")
    EXPIRING = "expiring", _("Expires soon")
    EXPIRED = "expired", _("Expired")
    SUPERSEDED = "superseded", _("Superseded")


class Agreement(Term):
    """What others say of it."""

    CONFIRMED = "confirmed", _("Confirmed")
    ALONE = "alone", _("Unconfirmed")
    CONTRADICTED = "contradicted", _("Contradicted")


class Meeting(Term):
    """Whether we meet a competitor at customers, or have heard of it alone."""

    AT_ACCOUNTS = "at-accounts", _("At accounts of ours")
    NOWHERE = "nowhere", _("Heard of alone")
