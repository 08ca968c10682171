"""The words of surveys."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Kind(Term):
    """How a question is answered."""

    SCORE = "score", _("With a score")
    ONE = "one", _("One of several answers")
    SEVERAL = "several", _("Several of several answers")
    AMOUNT = "amount", _("With an amount")
    TEXT = "text", _("In words")


class Whom(Term):
    """Who is asked."""

    ACCOUNTS = "accounts", _("People at accounts")
    COLLEAGUES = "colleagues", _("Colleagues who serve them")


class WaveState(Term):
    PLANNED = "planned", _("Being prepared")
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")


class Reached(Term):
    """How far somebody is who is asked."""

    UNSENT = "unsent", _("Not written to yet")
    SENT = "sent", _("Has the link")
    BEGUN = "begun", _("Has begun")
    ANSWERED = "answered", _("Has answered")
    DECLINED = "declined", _("Does not want to answer")
    REVOKED = "revoked", _("Link revoked")


class Block(Term):
    """What a question belongs to."""

    TRUST = "trust", _("Trust")
    COMMITMENT = "commitment", _("Commitment")
    SATISFACTION = "satisfaction", _("Satisfaction")
    DRIVERS = "driver", _("What drives satisfaction")
    NPS = "nps", _("Recommendation (NPS)")
    CSAT = "csat", _("Satisfaction in one question (CSAT)")
    CES = "ces", _("Effort (CES)")
    VALUE = "value", _("Delivered value, beside competitors")
    PREFERENCE = "overall", _("Preference, beside competitors")
    WALLET = "wallet", _("Share of wallet")
    WORDS = "words", _("In own words")
    PULSE = "pulse", _("Pulse of colleagues")
    OWN = "own", _("Own questions")
