"""The words of contacts: how much say one has, how one stands to us, on which way one wishes to be reached."""

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
