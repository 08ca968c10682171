"""The words of contacts: which part in buying one has, how much say, how one stands to us, how one wishes to be reached."""

from typing import Final

from vitalfew.terms import Level, Term
from vitalfew.terms import gettext_noop as _

LEVELS: Final = tuple(level for level in Level if level not in {Level.UNKNOWN, Level.NONE})


class Influence(Term):
    """How much say a contact has in what is bought."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Attitude(Term):
    """How a contact stands to us."""

    SUPPORTER = "supporter", _("Supporter")
    NEUTRAL = "neutral", _("Neutral")
    CRITIC = "critic", _("Critic")


class Part(Term):
    """What part a contact has in what is bought: the buying centre of Webster & Wind (1972, J. Marketing 36(2))."""

    DECIDER = "decider", _("Decider")
    INFLUENCER = "influencer", _("Influencer")
    BUYER = "buyer", _("Buyer")
    USER = "user", _("User of the goods")
    GATEKEEPER = "gatekeeper", _("Gatekeeper")


PARTS: Final = {each.value: each for each in Part}
BY_INFLUENCE: Final = {Influence.HIGH.value: Part.DECIDER, Influence.MEDIUM.value: Part.INFLUENCER}


def part_of(part: str, influence: str) -> Part | None:
    """What is said, else what the influence tells.

    >>> part_of("", "high"), part_of("gatekeeper", "high"), part_of("", "low")
    (<Part.DECIDER: 'decider'>, <Part.GATEKEEPER: 'gatekeeper'>, None)
    """
    return PARTS.get(part) or BY_INFLUENCE.get(influence)


class Channel(Term):
    """How a person wishes to be reached."""

    PHONE = "phone", _("Telephone")
    WECHAT = "wechat", _("WeChat")
    EMAIL = "email", _("E-mail")
    VISIT = "visit", _("Visit")


class Basis(Term):
    """Why we may keep what we know of a person (PIPL, Article 13; GDPR, Article 6)."""

    CONSENT = "consent", _("Consent")
    CONTRACT = "contract", _("Needed for the contract")
    INTEREST = "interest", _("Legitimate interest")


class PhoneKind(Term):
    MOBILE = "mobile", _("Mobile")
    OFFICE = "office", _("Office")
    OTHER = "other", _("Other")
