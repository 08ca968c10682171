"""Questions known to the house: asked in the reader's language, and named as the analyses name the items of surveys.

The scale of recommendation runs from 0 to 10, as Reichheld asks it; the others from 1 to 10.
"""

from typing import Final

from vitalfew.feedback.words import QuestionKind
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _

LOWEST, HIGHEST = 1, 10


class Standard(Term):
    SATISFACTION = "satisfaction", _("How satisfied are you with us?")
    TRUST = "trust", _("How far can you rely on what we promise?")
    COMMITMENT = "commitment", _("How important is it to you to go on working with us?")
    NPS = "nps", _("How likely are you to recommend us, from 0 to 10?")
    PRODUCT = "value_product", _("How good are our products for you?")
    SERVICE = "value_service", _("How good is our service for you?")
    BETTER = "better", _("What should we do better first?")
    PLANS = "plans", _("What are you planning for the coming season?")


IN_WORDS: Final = frozenset({Standard.BETTER, Standard.PLANS})


def kind_of(item: str) -> QuestionKind:
    return QuestionKind.TEXT if item in IN_WORDS else QuestionKind.SCORE


def lowest_of(item: str) -> int:
    """The lowest point of a question's scale."""
    return 0 if item == Standard.NPS else LOWEST
